"""Optima of sub-sampled programs."""
