"""Files of weights and graphs that other programs write, read without running anything of them."""
