"""Exact numbers: rationals, sums of square roots, enclosures, linear algebra, Newton and Krawczyk."""
