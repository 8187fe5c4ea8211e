"""Dirty marks for the fold and the steps of every subject; low, so every part writes them."""
