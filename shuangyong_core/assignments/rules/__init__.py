"""What is true of the cascade whatever is stored: shares, statuses, whether a split adds up."""
