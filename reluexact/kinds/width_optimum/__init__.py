"""The best networks of a given width."""
