"""What a shell may offer while a command about the bank is being typed."""

from __future__ import annotations

import typer

from reluexact.kinds.bank.archive import index


def instances(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the names of instances after ``get``."""
    return _values("name", incomplete) if context.params.get("action") == "get" else []


def instance_list(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the instances that may follow in a list A,B,..."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in _values("name", last) if name not in before.split(",")]


def groups(context: typer.Context, incomplete: str) -> list[str]:
    """Offer the groups."""
    return _values("group", incomplete)


def _values(key: str, incomplete: str) -> list[str]:
    found = dict.fromkeys(str(entry[key]) for entry in index()["instances"])
    return [value for value in found if value.startswith(incomplete)]
