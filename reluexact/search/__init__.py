"""Finds claims and proves them: floats propose here, exact arithmetic decides."""
