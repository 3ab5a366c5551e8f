"""Exact numbers: rationals, linear algebra, enclosures. The only package that imports python-flint."""
