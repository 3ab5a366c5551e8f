"""Sub-sampled programs: the convex program restricted to some columns (sign, cell), and its optimum with proof."""
