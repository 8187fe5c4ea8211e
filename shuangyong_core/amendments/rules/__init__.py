"""What an amendment is, as plain values: what it asks for, what it would change, its seal."""
