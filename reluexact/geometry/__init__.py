"""Hyperplanes, cells, activation patterns, polytopes; exact."""
