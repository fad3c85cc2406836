"""Households: facts as they are written, bound to the vocabulary of a book."""
