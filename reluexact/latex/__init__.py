"""The frame of LaTeX output."""
