"""`python -m autograder ...` is `grade ...`: for machines where scripts are not on PATH."""

from __future__ import annotations

from autograder.cli import main

if __name__ == "__main__":
    main()
