"""The way down: a continuous path from a network to the global optimum along which the objective never rises."""
