"""Tests of the documents part."""
