#!/bin/sh
# Tries the API of an instance against its own document, with schemathesis from PyPI in a folder of its own.
#   scripts/schemathesis.sh http://localhost:8080 [token]
#   scripts/schemathesis.sh demo [program]     starts a demo of its own with this program, tries without a token, then with one
# Ten requests a second: an instance accepts six hundred a minute. With a token what is the team's is tried too, and
# contributions are posted: never on an instance with people in it.
set -eu
base=${1:?the address of an instance, or demo}
token=${2:-}
tools=${PARVIS_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/parvis-schemathesis}
[ -x "$tools/bin/schemathesis" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet 'schemathesis==4.32.5'; }

if [ "$base" = demo ]; then
  program=${2:-target/release/parvis}
  work=$(mktemp -d)
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  LC_ALL=en_GB.UTF-8 "$program" demo --data "$work/demo" --port "$port" --address 127.0.0.1 >"$work/said" 2>"$work/errors" &
  served=$!
  trap 'kill "$served" 2>/dev/null || true; wait "$served" 2>/dev/null || true; rm -rf "$work"' EXIT
  trap 'exit 1' INT TERM
  here=http://localhost:$port
  tries=0
  # The links come last.
  until grep -q "Ctrl" "$work/said" 2>/dev/null; do
    tries=$((tries + 1))
    [ "$tries" -lt 300 ] && kill -0 "$served" 2>/dev/null || { cat "$work/said" "$work/errors" >&2; exit 1; }
    sleep 0.2
  done
  # An owner signs in with the first link and makes a token with every right.
  token=$(python3 - "$here" "$work/said" <<'PY'
import http.cookiejar, re, sys, urllib.parse, urllib.request
here, said = sys.argv[1:]
link = urllib.parse.urlsplit(re.search(r"^ {4}Owner\s+(\S+)", open(said).read(), re.M).group(1))
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
def ask(path, form=None):
    body = form and urllib.parse.urlencode(form, doseq=True).encode()
    return browser.open(here + path, body).read().decode()
def csrf(page):
    return re.search(r'name="_csrf" value="([^"]+)"', page).group(1)
path = link.path + ("?" + link.query if link.query else "")
ask(path, {"_csrf": csrf(ask(path)), "garder": "1"})
tokens = "/equipe/reglages/jetons"
page = ask(tokens)
rights = re.findall(r'name="droits" value="([^"]+)"', page)
days = re.search(r'<option value="(\d+)"', page).group(1)
made = ask(tokens, {"_csrf": csrf(page), "nom": "schemathesis", "droits": rights, "duree": days})
print(re.search(r'id="jeton">([^<]+)<', made).group(1))
PY
)
  [ -n "$token" ] || { echo "no token was made" >&2; exit 1; }
  PARVIS_TOOLS=$tools "$0" "$here"
  PARVIS_TOOLS=$tools "$0" "$here" "$token"
  exit
fi

set -- run "$base/api/v1/openapi.json" --url "$base" --rate-limit 9/s --max-examples "${EXAMPLES:-20}" --seed 1
[ -z "$token" ] || set -- "$@" --header "Authorization: Bearer $token"
# What needs a token says so in the document: without one there is nothing to learn from it.
[ -n "$token" ] || set -- "$@" --exclude-tag Team
exec "$tools/bin/schemathesis" "$@"
