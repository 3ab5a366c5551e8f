"""How the optimal networks of one width hang together."""
