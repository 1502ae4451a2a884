#!/bin/bash
# Starts mysqld with database, user and passwords from the variables of the official image. As root it goes on as the
# user mysql; any other user needs a writable data folder, /var/run/mysqld and /tmp, and nothing else.
set -euo pipefail

if [[ ${1:-} == -* ]]; then set -- mysqld "$@"; fi
if [[ ${1:-} != mysqld ]]; then exec "$@"; fi

if [[ -z ${MYSQL_ROOT_PASSWORD:-} && -z ${MYSQL_ALLOW_EMPTY_PASSWORD:-} ]]; then
  echo "set MYSQL_ROOT_PASSWORD or MYSQL_ALLOW_EMPTY_PASSWORD" >&2
  exit 1
fi

data=/var/lib/mysql
for argument in "$@"; do
  if [[ $argument == --datadir=* ]]; then data="${argument#*=}"; fi
done
mkdir -p "$data"
if [[ $EUID == 0 ]]; then
  chown mysql:mysql "$data" # a mounted volume belongs to root
  exec setpriv --reuid mysql --regid mysql --clear-groups bash "${BASH_SOURCE[0]}" "$@"
fi
shift

if [[ ! -d $data/mysql ]]; then
  bash /usr/local/bin/initialise.sh "$data"
fi

# A string literal of SQL.
quote() {
  local s=${1//\\/\\\\}
  printf "'%s'" "${s//\'/\'\'}"
}

# account NAME HOST PASSWORD
account() {
  local name
  name="$(quote "$1")@$(quote "$2")"
  printf 'CREATE USER IF NOT EXISTS %s;\nALTER USER %s IDENTIFIED BY %s;\n' "$name" "$name" "$(quote "$3")"
}

# mysqld runs this file (one statement a line) before it accepts connections.
init=/var/run/mysqld/init.sql
rm -f "$init"
(umask 077 && : >"$init")
{
  account root localhost "${MYSQL_ROOT_PASSWORD:-}"
  account root % "${MYSQL_ROOT_PASSWORD:-}"
  echo "GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;"
  if [[ -n ${MYSQL_DATABASE:-} ]]; then
    printf 'CREATE DATABASE IF NOT EXISTS `%s`;\n' "$MYSQL_DATABASE"
  fi
  if [[ -n ${MYSQL_USER:-} ]]; then
    account "$MYSQL_USER" % "${MYSQL_PASSWORD:-}"
    if [[ -n ${MYSQL_DATABASE:-} ]]; then
      printf 'GRANT ALL ON `%s`.* TO %s@%s;\n' "${MYSQL_DATABASE//_/\\_}" "$(quote "$MYSQL_USER")" "'%'"
    fi
  fi
} >"$init"

exec mysqld --init-file="$init" "$@"
