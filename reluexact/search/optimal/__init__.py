"""From one proved optimum to all of them."""
