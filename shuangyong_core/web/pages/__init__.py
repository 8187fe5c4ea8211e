"""What each page needs, as plain frozen values: whoever writes a route fills one of these."""
