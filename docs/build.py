"""Builds the site, any warning being an error: ``python docs/build.py [FOLDER]``, by default into ``docs/_build``.

Needs ``pip install 'reluexact[docs]'``. The page that checks certificates in a browser becomes the folder ``checker`` of the
site, where there is Pyodide (the npm package, PYODIDE_HOME) or npm to fetch it with.
Last, every link of the site has to lead to a file and an anchor that exist, and nothing may be loaded from elsewhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parent
CHECKER = DOCS / "checker" / "build.py"


def main(site: Path) -> int:
    """Build the site; return the exit status."""
    installed, npm = os.environ.get("PYODIDE_HOME"), shutil.which("npm")
    checker = [[CHECKER, site / "checker", *(["--pyodide", installed] if installed else [])]] if installed or npm else []
    tag = ["-t", "checker"] if checker else []
    sphinx = ["-m", "sphinx", "-W", "--keep-going", "-q", "-E", "-a", "-b", "html", *tag, DOCS, site]
    steps = [*checker, sphinx, [DOCS / "links.py", site]]
    for step in steps:
        status = subprocess.run([sys.executable, *map(str, step)], check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else DOCS / "_build")))
