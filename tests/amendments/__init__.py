"""Amendments of a running year: previewed, applied, right afterwards."""
