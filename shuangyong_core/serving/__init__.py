"""What serves people and scripts: the web and the API under one address, fold and writer beside them."""
