"""Tests of the evidence part."""
