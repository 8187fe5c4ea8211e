"""What is known of ending: what a decision would change, what is still open and who holds it."""
