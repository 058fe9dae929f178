"""The left column: all digits of the open set as a grid of thumbnails."""
