#!/bin/bash
# Fills an empty data folder: root without password, and the named time zones that the official image has too.
set -euo pipefail
zones="$(mktemp)"
{ echo 'USE mysql;'; mysql_tzinfo_to_sql /usr/share/zoneinfo 2>/dev/null; } >"$zones"
chown mysql "$zones"
mysqld --initialize-insecure --user=mysql --init-file="$zones"
rm "$zones"
