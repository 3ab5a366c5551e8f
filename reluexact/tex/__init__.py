"""The frame of LaTeX output: numbers, text and formulas that the kinds put together."""
