"""Tests of what ends or puts off what is owed."""
