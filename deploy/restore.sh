#!/usr/bin/env bash
# Restore a backup into an EMPTY data folder, then build the index anew. Stop the services first.
# Usage: deploy/restore.sh /backup/qingcai-2026-11-24 /var/lib/qingcai
set -euo pipefail
from=${1:?backup folder} to=${2:?data folder}
[ -f "$from/site.db" ] || { echo "$from/site.db is not there: is this a backup?" >&2; exit 1; }
[ ! -e "$to/site.db" ] || { echo "$to holds a site already: move it away first; nothing was written" >&2; exit 1; }
umask 077
mkdir -p "$to"
[ ! -d "$from/files" ] || cp -a "$from/files" "$to/files"
cp "$from/site.db" "$to/site.db"
cd "$(dirname "$0")/.."
DATA_DIR="$to" .venv/bin/python -m flask --app wsgi db upgrade
DATA_DIR="$to" .venv/bin/python -m flask --app wsgi rebuild-index
echo "restored to $to"
