"""Rules that order the pixels of a skeleton, one module a rule or a search."""
