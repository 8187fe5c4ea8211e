"""Which reminder is due, what a year would ask, how hand-outs and problems move. Pure."""
