"""A process that keeps a matcher as a web worker does: `python -m tests.discovery.asking FOLDER`, one question a line.

`PERSON POSTING` is answered by whether the person has the certificate, and whether the matcher maps a snapshot.
"""

import json
import sys
from pathlib import Path

from app.core import fit
from app.discovery import fitting
from tests.conftest import app_on


def main() -> None:
    app = app_on(Path(sys.argv[1]), JOBS_INLINE=False)
    for line in sys.stdin:
        person_id, posting_id = map(int, line.split())
        with app.app_context():
            found = fit.current().bands(person_id, [posting_id])[posting_id]
            is_shared = fitting.matcher().held.is_shared
        is_met = next(row.is_met for row in found.rows if row.kind == "certificate")
        print(json.dumps([is_met, is_shared]), flush=True)


if __name__ == "__main__":
    main()
