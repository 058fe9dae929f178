"""Facets: how the digits divide by the values of a column."""
