"""Where the optimum goes when the penalty falls: proposed in floats and in high precision, proved elsewhere."""
