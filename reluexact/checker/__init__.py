"""Check a certificate of reluexact with nothing but the standard library: ``python3 -I -S reluexact/checker FILE``.

The file CERTIFICATE.md says what a certificate is. Nothing is imported from outside of this folder, which runs alone, wherever
it is copied. `document` reads strict JSON, `stream` long files, `problem` data (`extended`, `piecewise`, `logistic`: version 2);
`quantities`, `linear`, `loss`, `logarithm`, `radicals`, `walls`, `trees`, `duality`, `columns` serve several kinds of claims;
`network` has the obligations O1 to O9, `polytope` S1 to S6, `kinds` the rest, one file per kind; `verdict` and `command` put
them together. To trust one kind, read the files that CERTIFICATE.md lists for it. All arithmetic is exact, in whole numbers and
fractions; square roots are rounded outwards or radicals, logarithms enclosed.

Exit codes: 0 VERIFIED, 2 wrong usage or unreadable file, 3 REJECTED. Python's own 1 means that the checker itself is broken.
"""

from .command import main
from .document import Rejected
from .problem import read_problem
from .verdict import Report, check_document

__all__ = ["Rejected", "Report", "check_document", "main", "read_problem"]
