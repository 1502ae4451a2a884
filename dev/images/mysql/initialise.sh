#!/bin/bash
# initialise.sh FOLDER: fills an empty data folder: root without password, and the named time zones that the official
# image has too.
set -euo pipefail
zones="$(mktemp)"
{ echo 'USE mysql;'; mysql_tzinfo_to_sql /usr/share/zoneinfo 2>/dev/null; } >"$zones"
mysqld --initialize-insecure --datadir="$1" --init-file="$zones"
rm "$zones"
