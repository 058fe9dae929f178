"""The shortest open path through all pixels, proven to be that where the work allows."""
