#!/bin/bash
# Starts mysqld with database, user and passwords from the variables of the official image.
set -euo pipefail

if [[ ${1:-} == -* ]]; then set -- mysqld "$@"; fi
if [[ ${1:-} != mysqld ]]; then exec "$@"; fi
shift

if [[ -z ${MYSQL_ROOT_PASSWORD:-} && -z ${MYSQL_ALLOW_EMPTY_PASSWORD:-} ]]; then
  echo "set MYSQL_ROOT_PASSWORD or MYSQL_ALLOW_EMPTY_PASSWORD" >&2
  exit 1
fi

chown mysql:mysql /var/lib/mysql # a mounted volume belongs to root
if [[ ! -d /var/lib/mysql/mysql ]]; then
  bash /usr/local/bin/initialise.sh
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
init=/run/mysqld/init.sql
install -o mysql -g mysql -m 600 /dev/null "$init"
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

exec mysqld --user=mysql --init-file="$init" "$@"
