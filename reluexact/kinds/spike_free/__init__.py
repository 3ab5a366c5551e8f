"""Spike-free data: whether what a neuron puts out could be put out without its rectifier, at the same length."""
