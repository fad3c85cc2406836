"""Steps into words: documents, templates, data. Computes nothing; every number shown comes from a step."""
