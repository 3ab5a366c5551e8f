"""Pictures of results; matplotlib is loaded only when one is drawn."""
