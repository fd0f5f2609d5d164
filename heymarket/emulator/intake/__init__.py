"""What is let in: from which web pages, under which host names, and how much of it."""
