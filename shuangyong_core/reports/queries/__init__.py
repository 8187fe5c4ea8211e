"""What is known of reports: forms, lists, the review queue, one report with all that happened."""
