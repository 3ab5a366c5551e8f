"""The best networks of a fixed width."""
