"""Builds the site, any warning being an error: ``python docs/build.py [FOLDER]``, by default into ``docs/_build``.

Needs ``pip install 'reluexact[docs]'``. Where ``docs/checker/build.py`` exists it is run with the folder ``checker`` of the site.
Last, every link of the site has to lead to a file and an anchor that exist, and nothing may be loaded from elsewhere.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parent
CHECKER = DOCS / "checker" / "build.py"


def main(site: Path) -> int:
    """Build the site; return the exit status."""
    steps = [[CHECKER, site / "checker"]] if CHECKER.exists() else []
    steps += [["-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", DOCS, site], [DOCS / "links.py", site]]
    for step in steps:
        status = subprocess.run([sys.executable, *map(str, step)], check=False).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else DOCS / "_build")))
