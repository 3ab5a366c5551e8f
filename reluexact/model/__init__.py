"""The problem: data, networks, their symmetries, the convex program."""
