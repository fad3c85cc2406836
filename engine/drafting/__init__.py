"""Amendments that are written for somebody: the draft of an uprating, and what turns a book into an edited copy of it."""
