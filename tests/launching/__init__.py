"""Tests of how the doors ask for a launch."""
