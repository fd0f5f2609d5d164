"""The docs site: pages for Sphinx from docs/, docstrings and the help of the commands, and llms.txt from the same."""
