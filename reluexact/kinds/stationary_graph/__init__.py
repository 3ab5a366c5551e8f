"""The graph of stationary points."""
