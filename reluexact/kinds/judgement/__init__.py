"""What a network of any origin exceeds the global optimum by, with proof, and why."""
