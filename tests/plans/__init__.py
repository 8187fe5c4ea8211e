"""Plans: read, checked, imported, frozen, dated."""
