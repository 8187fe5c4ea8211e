"""Accepted figures folded up both trees: exact, live, and traceable to each report."""
