"""An example of each command, which its help shows; a test runs them all on two points.

points.csv: the data. network.json: a network. optimum.json and bound.json: certificates that `solve` wrote.
"""

EXAMPLES = {
    "patterns": "reluexact patterns points.csv --bias",
    "solve": "reluexact solve points.csv --bias --penalty 1/10 --out optimum.json",
    "theorem": "reluexact theorem points.csv --penalty 1",
    "ellipsoid": "reluexact ellipsoid points.csv --out support.json",
    "spike-free": "reluexact spike-free points.csv --out spike-free.json",
    "cutting-plane": "reluexact cutting-plane points.csv --penalty 1 --plot rounds.svg",
    "set": "reluexact set points.csv --bias --penalty 1/10 --out set.json --latex set.tex",
    "minimal": "reluexact minimal points.csv --bias --penalty 1/10 --network-out small.json",
    "width": "reluexact width points.csv --penalty 1 --width 2",
    "classify": "reluexact classify points.csv --penalty 1 --network network.json",
    "graph": "reluexact graph points.csv --penalty 1 --plot graph.svg",
    "descend": "reluexact descend points.csv --penalty 1 --network network.json",
    "max-penalty": "reluexact max-penalty points.csv --bias",
    "sensitivity": "reluexact sensitivity points.csv --penalty 1",
    "path": "reluexact path points.csv --low 1/2 --plot path.svg --out path.json",
    "cross-validate": "reluexact cross-validate points.csv --low 1/2",
    "interpolate": "reluexact interpolate points.csv --bias",
    "bank": "reluexact bank get hat --format csv --out hat.csv",
    "judge": "reluexact judge network.json points.csv --penalty 1 --max-gap 1",
    "report": "reluexact report points.csv --penalty 1 --out report.html",
    "check": "reluexact check optimum.json --statement points.csv --bias --penalty 1/10",
    "coq": "reluexact coq bound.json --out bound.v",
    "selftest": "reluexact selftest",
}
