"""Proposals: floats only, nothing here is trusted."""
