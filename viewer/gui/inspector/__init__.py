"""The light table: one digit, stage by stage, its replay and its sequence."""
