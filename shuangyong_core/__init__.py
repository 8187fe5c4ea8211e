"""双拥责任链: the engine that takes a yearly plan down the tree and its figures up again."""

__version__ = "0.1.0"
