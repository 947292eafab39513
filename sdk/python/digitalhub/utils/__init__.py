"""Helpers that published code imports by this path."""
