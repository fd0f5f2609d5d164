"""From a page, a curl line or somebody's OpenAPI file to a description in the form of `openapi/`.

`page`, `curl` and `openapi` each read one kind of input into an `Endpoint`; `harmless` replaces the data in it, `block`
gives it our form, `write` makes YAML of it, and `insert` puts that into a file.
"""
