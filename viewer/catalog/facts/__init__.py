"""Facts about the strokes of all digits: gathered block by block, and kept."""
