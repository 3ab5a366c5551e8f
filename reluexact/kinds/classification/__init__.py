"""What kind of point a network is."""
