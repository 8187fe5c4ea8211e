"""The statements of the fold: the same text with a filter (fold) or without one (rebuild)."""
