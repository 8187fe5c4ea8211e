"""The operators' door, tried as an operator would."""
