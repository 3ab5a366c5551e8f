"""Kind `interpolation`: the cheapest networks that meet all targets, the limit of training as the penalty goes to 0."""
