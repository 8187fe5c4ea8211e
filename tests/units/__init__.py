"""Tests of the units part."""
