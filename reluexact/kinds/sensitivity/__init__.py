"""How the optimum moves with the penalty, the targets and the data: derivatives, proved."""
