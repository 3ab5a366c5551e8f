"""The file that remembers the segments of a path, so that a run that was killed goes on where it stopped.

A segment of the file is proved again; that spares the search for its trees. Intervals that had no proof are not tried again by
the same version of the program: a false note of that kind can make a path longer to find or UNDECIDED, but proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from os import PathLike
from typing import Any

from reluexact.certificates.paths import path_json, read_path
from reluexact.certificates.reading import Read
from reluexact.errors import InputError
from reluexact.evidence.path import PathEvidence, Segment
from reluexact.kinds.state_file import StateFile, digest_of
from reluexact.model.dataset import Dataset
from reluexact.model.program import make_program
from reluexact.numbers.rational import format_fraction
from reluexact.version import __version__

Ends = tuple[str, str]
FORMAT = "reluexact-path-state"


class State(StateFile):
    """The open file; use it as a context manager."""

    def __init__(self, path: str | PathLike[str], data: Dataset) -> None:
        """Open or make the file and lock it; raises InputError when it cannot be used."""
        header = {"format": FORMAT, "version": 1, "digest": digest_of(data)}
        super().__init__(path, header, whose="a path", differs="other data")
        self.data, self.used = data, 0
        self._known: dict[Ends, Mapping[str, object]] = {}
        self._failed: dict[tuple[Ends, object], str] = {}
        for record in self.records:
            ends = (str(record.get("low")), str(record.get("high")))
            if "failed" not in record:
                self._known[ends] = record
            elif record.get("program") == __version__:  # another version may prove more
                self._failed[ends, record.get("watched")] = str(record["failed"])

    def recall(self, low: Fraction, high: Fraction) -> Segment | None:
        """Return the segment that the file proposes for an interval; a damaged one counts as none."""
        record = self._known.get((format_fraction(low), format_fraction(high)))
        if record is None:
            return None
        try:
            evidence = {"segments": [record], "links": []}
            read = Read(program=make_program(self.data, Fraction(1)), claim={}, evidence=evidence, notes={})
            (found,) = read_path(read).segments
        except (InputError, ArithmeticError, KeyError, TypeError, ValueError, AttributeError, IndexError):
            return None
        self.used += 1
        return found

    def failed(self, low: Fraction, high: Fraction, watch: int) -> str | None:
        """Return why an interval has no proof, if that is noted."""
        return self._failed.get(((format_fraction(low), format_fraction(high)), watch))

    def fail(self, low: Fraction, high: Fraction, watch: int, reason: str) -> None:
        """Note that an interval has no proof, so that a run that goes on does not try it again."""
        ends = {"low": format_fraction(low), "high": format_fraction(high)}
        self.append({**ends, "watched": watch, "failed": reason, "program": __version__})

    def keep(self, segment: Segment) -> None:
        """Append a segment."""
        document: Any = path_json(PathEvidence(segments=(segment,), links=()), self.data)
        self.append(document["segments"][0])
