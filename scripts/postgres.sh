#!/usr/bin/env bash
# Starts a throw-away PostgreSQL for tests in the folder $1 and prints its address; `stop` as $2 ends it.
# PostgreSQL refuses to run as root: there it runs as the user Debian made for it.
set -euo pipefail
dir=$(realpath -m "$1")
# Its user may not be allowed in the folder this is called from.
cd /
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb)")
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
if [ "${2:-}" = stop ]; then
  [ -f "$dir/pg/postmaster.pid" ] && as "$bin/pg_ctl" -D "$dir/pg" -m immediate -w stop >/dev/null
  exit 0
fi
mkdir -p "$dir"
[ "$(id -u)" != 0 ] || chown postgres "$dir"
chmod 711 "$dir"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
as "$bin/initdb" -D "$dir/pg" -U parvis --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
# Tests need speed, not durability.
as "$bin/pg_ctl" -D "$dir/pg" -w -l "$dir/pg.log" -o \
  "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400" \
  start >/dev/null
as "$bin/createdb" -h 127.0.0.1 -p "$port" -U parvis parvis
echo "postgres://parvis@127.0.0.1:$port/parvis"
