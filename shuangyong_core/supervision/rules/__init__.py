"""Which reminder is due on a morning, and what a year would ask of everybody. Pure."""
