"""The yearly plan: its versions and tree editions, indicators, targets, rounds, and its check."""
