"""What acts across the year are, as plain values: asked for, played, previewed, sealed."""
