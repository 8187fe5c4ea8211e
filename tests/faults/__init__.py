"""What must hold when things go wrong: kills, lost replies, too many callers."""
