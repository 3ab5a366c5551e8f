"""The exception of a proof that does not close."""

from __future__ import annotations


class Unproved(Exception):
    """The proof of a structure does not close; the message says which obligation and why."""
