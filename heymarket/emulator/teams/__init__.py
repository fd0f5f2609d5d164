"""Several teams in one emulator: each has credentials, records and an application of its own."""
