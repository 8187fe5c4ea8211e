"""Acts that cross the year: one audited act that calls the parts below."""
