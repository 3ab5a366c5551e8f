"""The obligations of the kind `path`, the optimum as a function of the penalty: P1 to P10."""
