"""scripts/record, in parts: plays scenarios, and keeps what was said without anything personal or secret in it.

`scenario` says what is played, `places` where, `cassette` keeps it, `scrub` replaces what may not be kept, `lint`
trusts no scrubber, `described` reads the description, `drift` compares, `command` puts them together. The scenarios
themselves are in tests/contract/scenarios.py.
"""
