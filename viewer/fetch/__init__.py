"""Data sets brought from their mirrors, checked against pinned checksums."""
