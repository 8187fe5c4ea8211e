"""Units, their dated links in two trees, and the base numbers that targets are split by."""
