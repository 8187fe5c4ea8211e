"""The whole story, through every door at once."""
