"""Tests of `supervision`, one file an act."""
