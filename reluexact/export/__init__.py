"""Claims to files: certificates."""
