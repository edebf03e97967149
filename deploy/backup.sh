#!/usr/bin/env bash
# Back up the data folder to FOLDER: database by SQLite's own online backup, files as they are.
# The index and the queue are left out: they are made anew from the database.
# Usage: deploy/backup.sh /var/lib/qingcai /backup/qingcai-$(date +%F)
set -euo pipefail
from=${1:?data folder} to=${2:?target folder}
[ -f "$from/site.db" ] || { echo "$from/site.db is not there: is this the data folder?" >&2; exit 1; }
[ ! -e "$to" ] || { echo "$to exists already; nothing was written" >&2; exit 1; }
umask 077
mkdir -p "$to.partial"
python3 - "$from/site.db" "$to.partial/site.db" <<'PY'
import sqlite3, sys
source, target = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2])
source.backup(target)
found = target.execute("PRAGMA integrity_check").fetchone()[0]
if found != "ok":
    sys.exit(f"the copy is not sound: {found}")
PY
[ ! -d "$from/files" ] || cp -a "$from/files" "$to.partial/files"
mv "$to.partial" "$to"
echo "backed up to $to"
