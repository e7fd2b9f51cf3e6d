#!/bin/sh
# Tries the API of an instance against its own document, with schemathesis from PyPI in a folder of its own.
#   scripts/schemathesis.sh http://localhost:8080 [token]
# Ten requests a second: an instance accepts six hundred a minute. With a token what is the team's is tried too, and
# contributions are posted: never on an instance with people in it.
set -eu
base=${1:?the address of an instance}
token=${2:-}
tools=${PARVIS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/parvis-schemathesis}
[ -x "$tools/bin/schemathesis" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet 'schemathesis==4.32.5'; }
set -- run "$base/api/v1/openapi.json" --url "$base" --rate-limit 9/s --max-examples "${EXAMPLES:-20}" --seed 1
[ -z "$token" ] || set -- "$@" --header "Authorization: Bearer $token"
# What needs a token says so in the document: without one there is nothing to learn from it.
[ -n "$token" ] || set -- "$@" --exclude-tag Team
exec "$tools/bin/schemathesis" "$@"
