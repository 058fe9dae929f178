"""A set of digits as one table: columns to ask for, queries over them, marks and facts."""
