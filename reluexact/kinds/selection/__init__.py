"""One optimal network, chosen by a criterion."""
