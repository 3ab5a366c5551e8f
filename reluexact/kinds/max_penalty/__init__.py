"""The penalty from which on the zero network is optimal."""
