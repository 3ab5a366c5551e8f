"""Proofs: exact arithmetic only, no float, no tolerance."""
