"""Files into arrays: images, labels and metadata of sets of digits. No Qt."""
