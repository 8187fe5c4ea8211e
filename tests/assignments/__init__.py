"""The cascade: shares, launch, splits."""
