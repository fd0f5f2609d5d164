"""From openapi/*.yaml to generated/heymarket_openapi. Run it with scripts/regenerate."""
