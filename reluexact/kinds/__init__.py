"""One folder per question that can be asked."""
