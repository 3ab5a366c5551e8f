"""Walls and cells of the data: where the sign of ``x_i . u`` changes, and every activation pattern."""
