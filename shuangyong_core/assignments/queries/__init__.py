"""What is known of the cascade: branches, progress, splits, and what a unit has on its table."""
