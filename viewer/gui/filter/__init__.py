"""The one filter of the window and its faces: query line, facet bar, order."""
