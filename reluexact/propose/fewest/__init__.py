"""Proposes for the fewest neurons: bounds, relaxations, functionals, and a mixed-integer program."""
