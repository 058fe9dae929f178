"""One digit under several orders, and as the pen truly went, written by one clock."""
