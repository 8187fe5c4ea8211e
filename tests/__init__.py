"""Every test of the product, one folder a part, one file an act."""
