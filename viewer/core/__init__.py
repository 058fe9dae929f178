"""Arrays in, arrays out: from a grey image to a stroke sequence. No files, no Qt."""
