"""The book: what all rule files say, on every date, and what is in force on one."""
