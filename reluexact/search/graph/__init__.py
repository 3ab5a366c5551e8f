"""The graph of stationary points: the optima of all sub-sampled programs."""
