"""Tests of the part supervision."""
