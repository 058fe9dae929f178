"""The two benchmark tasks of the published sequences: predict the next step, tell the class."""
