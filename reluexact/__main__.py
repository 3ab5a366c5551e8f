"""``python -m reluexact`` is the command ``reluexact``."""

from reluexact.cli import main

if __name__ == "__main__":
    main()
