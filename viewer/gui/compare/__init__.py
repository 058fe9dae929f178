"""Several digits side by side, written by one clock."""
