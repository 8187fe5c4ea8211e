"""What is known of hand-outs, problems, notices, reminders, and of the year to come."""
