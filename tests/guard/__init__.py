"""The guard: what every channel reads and shows in the same way."""
