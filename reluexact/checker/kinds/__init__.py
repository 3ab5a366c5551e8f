"""What can be claimed, one file per kind, and the table of them."""
