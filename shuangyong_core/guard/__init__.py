"""What every channel checks first: numbers, dates and what may be shown of bad input. Pure."""
