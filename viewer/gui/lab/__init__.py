"""The settings lab: other settings tried on the digit and on the filter at hand."""
