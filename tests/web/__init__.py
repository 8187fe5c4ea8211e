"""Tests of the pages, and the values that pages are drawn from."""
