"""The web and the API under one address, for people and scripts; fold and writer beside them."""
