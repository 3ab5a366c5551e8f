"""A report: the page, and what it says in short."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import PathLike

from reluexact.certificates.files import write_bytes
from reluexact.evidence.status import Status
from reluexact.reports.answers import Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A page about one problem. html: one file that needs no other, and asks nothing of any network.

    status: of the optimum. sections: id, title and status of each section, None where nothing has to be proved. undecided: what
    is UNDECIDED, with the reasons. answers: the claims that the page is about. certificates: kind and file of each.
    """

    name: str
    status: Status
    html: str = field(repr=False)
    sections: tuple[tuple[str, str, Status | None], ...]
    undecided: tuple[tuple[str, str], ...]
    certificates: tuple[tuple[str, bytes], ...] = field(repr=False)
    answers: Answers = field(repr=False, compare=False)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the page, whole or not at all."""
        write_bytes(self.html.encode("utf-8"), path)

    def __repr__(self) -> str:
        """Show status and size."""
        return f"Report({self.name!r}, {self.status.name}, {len(self.sections)} sections, {len(self.undecided)} undecided)"
