"""What is known of reminders, and of the year to come."""
