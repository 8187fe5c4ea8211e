"""Evidence files by sha256: stored once, stripped of what must not be kept."""
