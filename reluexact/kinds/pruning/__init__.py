"""Fewer neurons with the same fit."""
