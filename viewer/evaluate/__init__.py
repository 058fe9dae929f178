"""How good orders are: against the true path of the pen, and on images that hardly differ."""
