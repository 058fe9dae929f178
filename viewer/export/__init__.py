"""Results into files: one module a format, one way of writing. No Qt."""
