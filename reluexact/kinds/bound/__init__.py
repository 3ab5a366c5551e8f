"""Rational bounds of the optimal value."""
