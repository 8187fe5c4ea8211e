"""What is behind, and who is told: reminders and their ladder, the rehearsal of a year."""
