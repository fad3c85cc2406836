"""Examples: worked out, what they exercise, and households for what they do not."""
