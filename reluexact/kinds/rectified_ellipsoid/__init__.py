"""The rectified ellipsoid of a data set, the set of what one neuron can put out."""
