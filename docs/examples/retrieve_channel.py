"""Retrieve one channel of a contact. Usage: python retrieve_channel.py CONTACT_ID [CHANNEL_TYPE]"""

import sys

from heymarket import Heymarket

contact_id = sys.argv[1]
channel_type = sys.argv[2] if len(sys.argv) > 2 else "phone"

with Heymarket() as hm:  # HEYMARKET_SECRET_ID, HEYMARKET_SECRET_KEY, HEYMARKET_BASE_URL
    channel = hm.contact_channels.get(contact_id, channel_type)
    print(channel)
