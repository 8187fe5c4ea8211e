"""The example district and its plan, read without the product."""
