"""Modules that are copied into the generated package as they are."""
