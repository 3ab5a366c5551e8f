"""Branch trees over directions: the search for a bound, and its exact check."""
