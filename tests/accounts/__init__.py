"""Tests of the accounts part."""
