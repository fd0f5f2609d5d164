"""Calibration: what a real account's service does, where the description and the emulator only assume it.

A plan of at most 60 calls, reads first, is made from the description. The calls are recorded and scrubbed, and compared
with the description and with what a fresh emulator responds to the same plan. The report is fit to be published, and
holds a profile with which the emulator behaves as that service does.

`heymarket calibrate` is its command. Needs the `testing` extra: `pip install "heymarket[testing]"`.
"""
