"""The requests that came, and what a test may say about them."""
