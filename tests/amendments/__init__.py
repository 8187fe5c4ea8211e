"""The acts that cross the year: previewed, applied, right afterwards."""
