"""A network and its residual that are proved to exist, O1 to O7a, and proved to be the only ones of an optimum, O7b to O9."""
