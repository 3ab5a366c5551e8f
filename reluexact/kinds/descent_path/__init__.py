"""A path down to the optimum, on which the objective never rises."""
