"""The user's marks and notes, kept on disk by set."""
