"""Between proposals and proofs: a proposal is tried, and the proof decides."""
