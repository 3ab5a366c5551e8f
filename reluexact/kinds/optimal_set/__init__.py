"""All optimal networks."""
