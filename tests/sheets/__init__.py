"""Opening what users send, and giving it back marked."""
