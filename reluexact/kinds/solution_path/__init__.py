"""The solution path: the optimum as a function of the penalty, every event proved."""
