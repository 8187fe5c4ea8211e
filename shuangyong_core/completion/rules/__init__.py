"""What is true of ending whatever is stored: in whose hands a thing is, in words."""
