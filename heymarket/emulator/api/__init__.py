"""The API as it is described: who may call it, what a request has to look like, and what an error is."""
