"""What other programs trained: their networks as they compute, and the problems that their settings mean."""
