"""The published rule: always on to a nearest pixel, every choice searched."""
