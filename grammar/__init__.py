"""Text in, syntax tree and problems out. Knows no benefit, no date arithmetic, no money."""
