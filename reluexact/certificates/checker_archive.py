"""The stand-alone checker as one file to give away: ``python3 -I -S checker.pyz FILE``.

Python runs the `__main__.py` of the archive and finds the package beside it; were its files at the top, a module of
the standard library could be taken for one of them. Nothing is compressed, no time is stored: the same sources, the same bytes.
"""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from reluexact import checker

_PACKAGE = "reluexact_checker"
_MAIN = f'''"""Run the checker of reluexact: ``python3 -I -S checker.pyz FILE``."""

from {_PACKAGE}.command import run

run()
'''
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o100644 << 16


def checker_archive() -> bytes:
    """Return the archive.

    >>> ZipFile(io.BytesIO(checker_archive())).namelist()[:3]
    ['__main__.py', 'reluexact_checker/__init__.py', 'reluexact_checker/__main__.py']
    """
    folder = Path(checker.__file__).parent
    sources = {"__main__.py": _MAIN.encode("ascii")}
    sources |= {f"{_PACKAGE}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in folder.rglob("*.py")}
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as archive:
        for name in sorted(sources):
            entry = ZipInfo(name, _LONG_AGO)
            entry.create_system, entry.external_attr = _UNIX, _READABLE  # the same on every system
            archive.writestr(entry, sources[name])
    return stream.getvalue()
