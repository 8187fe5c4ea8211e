"""What a report may do and what a figure must be: plain functions over plain values."""
