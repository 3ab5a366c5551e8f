"""Proposals in floats: column generation, pricing of cells, the solvers behind it."""
