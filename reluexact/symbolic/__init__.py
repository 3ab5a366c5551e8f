"""Closed forms (sympy) and LaTeX of claims; reading a claim needs no solver."""
