"""Calls that go wrong on request."""
