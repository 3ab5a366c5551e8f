"""The activation patterns of data."""
