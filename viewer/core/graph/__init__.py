"""The graph of a skeleton: chains of pixels between ends, junctions and corners; loops."""
