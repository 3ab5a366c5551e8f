"""Objects of JSON whose keys stand once: the standard library would take the last one in silence."""

from __future__ import annotations

from reluexact.errors import InputError


def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return the object of these pairs, for ``object_pairs_hook``; InputError where a key stands twice."""
    document = dict(pairs)
    if len(document) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for j, key in enumerate(keys) if key in keys[:j])
        raise InputError(f"the key {twice!r} stands twice; write it once")
    return document
