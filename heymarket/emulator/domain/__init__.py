"""What the resources do with each other: contacts, conversations, messages."""
