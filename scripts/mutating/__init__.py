"""Mutants: small mistakes that are planted to see whether a test notices them.

`rules` makes them, `areas` says where and with which tests, `runner` plants and tests each, `command` is the script.
"""
