"""scripts/record, in parts: plays scenarios, and keeps what was said without anything personal or secret in it.

`scenario` says what is played, `places` where, `cassette` keeps it, `described` reads the description, `drift`
compares, `command` puts them together. What may not be kept is replaced, and looked for, by `heymarket.testing`, as for
everybody's cassettes. The scenarios themselves are in tests/contract/scenarios.py.
"""
