"""Pictures of digits and their strokes: colours, places, lines and pixels; no Qt, no files."""
