"""The generated part of `heymarket`: models, resources and the description itself. Import it through `heymarket`.

Written by scripts/regenerate from openapi/; a change here is lost with its next run.
"""
