"""The fewest variables of a bounded system that have to be strictly between their bounds: proposals, searches, proofs."""
