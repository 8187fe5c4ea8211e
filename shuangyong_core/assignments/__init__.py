"""The cascade: who holds and who reports each target, with which quota, by when."""
