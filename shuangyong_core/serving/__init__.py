"""What serves people and scripts: the web and the API under one address, the fold beside them."""
