"""Reports: what all kinds say of one problem, on one page that needs nothing else; ``make.py`` is where it begins."""
