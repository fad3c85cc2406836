"""A rule book as pages that lead to one another: its documentation."""
