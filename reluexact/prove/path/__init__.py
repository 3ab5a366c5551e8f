"""Proofs of the solution path: the structure on an interval of the penalty, and what happens at its ends."""
