"""The optimum over networks of every width."""
