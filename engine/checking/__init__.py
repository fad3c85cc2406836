"""From the book in force to the graph: names, types, units, cases, and everything that is refused before a household is seen."""
