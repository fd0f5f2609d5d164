"""scripts/record, in parts: plays scenarios and records the exchanges, without anything personal or secret.

`scenario` says what is played, `targets` where, `cassette` records it, `command` puts them together.
`heymarket.testing` replaces personal and secret values, checks the result, and finds differences, as for all users'
cassettes. The scenarios themselves are in tests/contract/scenarios.py.
"""
