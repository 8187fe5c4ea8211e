"""One process for people and scripts: the web and the API under one address, fold and sealer."""
