"""Frozen records: what is claimed, with its evidence."""
