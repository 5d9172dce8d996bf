"""nbgrader reads this file when it is run in this folder; docs/nbgrader.md is the manual.

Settings of your own (late penalties, the exchange, formgrader) go to the end.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # a checkout that is not installed

try:
    from autograder.nbgrader import configure
except ImportError as error:  # nbgrader would go on without these settings
    raise SystemExit(
        f'Error: {error.name} is missing.\nInstall what grading needs: pip install -e ".[nbgrader]"'
    ) from None

c = get_config()  # noqa: F821
configure(c, HERE)
