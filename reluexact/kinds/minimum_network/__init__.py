"""The fewest neurons of an optimal network."""
