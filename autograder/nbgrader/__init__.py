"""nbgrader's front door: the same checks and the same scores as `grade`, in nbgrader's gradebook.

    solutions/ ──sources──▶ gradebook/source ──generate_assignment──▶ gradebook/release
                                                                           │ students
    gradebook/feedback ◀──generate_feedback── gradebook/autograded ◀──autograde── submitted

nbgrader's own pipeline opens a kernel and runs student and tests in it together. Ours never does:

* `config` points nbgrader at gradebook/ and at the parts below (nbgrader_config.py calls it);
* `exporter` reads a submitted notebook whatever state it is in;
* `rebuild` makes the autograded notebook from our own source, with the student's text filled in;
* `autograde` grades the submitted file in the sandbox and writes score and reasons into it;
* `sync` puts results that `grade` made elsewhere into the gradebook.

The command line never imports this package, except for `grade nbgrader`; nbgrader itself is an
extra: pip install "groundup[nbgrader]".
"""

from __future__ import annotations

from autograder.nbgrader.config import configure

__all__ = ["configure"]
