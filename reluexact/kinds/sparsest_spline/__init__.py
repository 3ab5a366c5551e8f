"""The optimal function of fewest kinks, for one feature and free biases."""
