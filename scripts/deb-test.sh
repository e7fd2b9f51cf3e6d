#!/usr/bin/env bash
# Builds the Debian package and tries it in a Debian of its own, made with debootstrap: installation, a real start, upgrade,
# removal, purge. As root, or with sudo. Installs debootstrap; without cargo-deb, dpkg-deb packs what the manifest names.
#   scripts/deb-test.sh            with the release build
#   scripts/deb-test.sh dev        with the debug build that is there, for its speed
#   scripts/deb-test.sh contents   only packs the debug build that is there, and looks at what is in the package: seconds, no root
set -euo pipefail
cd "$(dirname "$0")/.."
profile=${1:-release}
only_contents=
[ "$profile" != contents ] || { only_contents=1 profile=dev; }
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
say() { printf -- '-- %s\n' "$1"; }
die() { printf 'FAILED: %s\n' "$1" >&2; exit 1; }

[ -n "$only_contents" ] || command -v debootstrap >/dev/null || [ -x /usr/sbin/debootstrap ] || {
  root apt-get update -qq && root apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
}

work=$(mktemp -d)
chmod 755 "$work"
debian=$work/debian
stop_served() {
  [ ! -s "$debian/root/pid" ] || root kill "$(cat "$debian/root/pid")" 2>/dev/null || true
  root rm -f "$debian/root/pid"
}
cleanup() {
  [ -z "$only_contents" ] || { rm -rf "$work"; return; }
  stop_served
  root umount "$debian/proc" 2>/dev/null || true
  root rm -rf "$work"
}
trap cleanup EXIT

say "Package ($profile)"
[ -n "${DEB_TEST_BUILT:-}${only_contents}" ] || cargo build --quiet -p parvis --profile "$profile"
version=$(cargo metadata --no-deps --format-version 1 | python3 -c 'import json,sys; print(next(p["version"] for p in json.load(sys.stdin)["packages"] if p["name"] == "parvis"))')
pack() { # version, file
  if [ -z "$only_contents" ] && command -v cargo-deb >/dev/null; then
    cargo deb --quiet -p parvis --no-build --profile "$profile" --strip --deb-version "$1" --output "$2"
    return
  fi
  local tree=$work/tree packing=gzip
  # Looked at once and thrown away: no time is lost in making it small.
  [ -z "$only_contents" ] || packing=none
  rm -rf "$tree"
  python3 - "$1" "$profile" "$tree" <<'PY'
import os, shutil, sys, tomllib
version, profile, tree = sys.argv[1:]
here = "crates/server"
deb = tomllib.load(open(f"{here}/Cargo.toml", "rb"))["package"]["metadata"]["deb"]
built = "debug" if profile == "dev" else profile
for source, to, mode in deb["assets"]:
    binary = source.startswith("target/release/")
    source = source.replace("/release/", f"/{built}/") if binary else f"{here}/{source}"
    to = os.path.join(tree, to, os.path.basename(source) if to.endswith("/") else "")
    to = to.rstrip("/")
    os.makedirs(os.path.dirname(to), exist_ok=True)
    shutil.copyfile(source, to)
    os.chmod(to, int(mode, 8))
    if binary:
        os.system(f"strip {to}")
control = os.path.join(tree, "DEBIAN")
os.makedirs(control)
for script in ["postinst", "prerm", "postrm"]:
    shutil.copyfile(f"{here}/{deb['maintainer-scripts']}/{script}", f"{control}/{script}")
    os.chmod(f"{control}/{script}", 0o755)
open(f"{control}/conffiles", "w").write("".join(f"{f}\n" for f in deb["conf-files"]))
text = "".join(f" {line}\n" for line in deb["extended-description"].strip().splitlines())
arch = os.popen("dpkg --print-architecture").read().strip()
open(f"{control}/control", "w").write(
    f"Package: parvis\nVersion: {version}\nArchitecture: {arch}\nMaintainer: {deb['maintainer']}\n"
    f"Section: {deb['section']}\nPriority: {deb['priority']}\nDepends: {deb['depends']}\n"
    f"Description: The square in front of the town hall, as software\n{text}")
PY
  dpkg-deb --root-owner-group -Z"$packing" --build "$tree" "$2" >/dev/null
}
contents() {
  local file=$work/parvis_$version-1.deb
  pack "$version-1" "$file"
  dpkg-deb --info "$file" | sed -n '1,20p'
  dpkg-deb --contents "$file" | tee "$work/list"
  # Mode, owner and place of each file that the manifest names, and nothing else.
  python3 - "$work/list" <<'PY' || die "the contents are not what the manifest names"
import os, sys, tomllib
deb = tomllib.load(open("crates/server/Cargo.toml", "rb"))["package"]["metadata"]["deb"]
def mode(digits):
    return "-" + "".join(c if int(d) & b else "-" for d in digits[-3:] for c, b in zip("rwx", (4, 2, 1)))
wanted = set()
for source, to, digits in deb["assets"]:
    place = to + os.path.basename(source) if to.endswith("/") else to
    wanted.add((mode(digits), "root/root", "./" + place.lstrip("/")))
listed = [line.split() for line in open(sys.argv[1])]
found = {(l[0], l[1], l[5]) for l in listed if not l[0].startswith("d")}
if found != wanted:
    sys.exit(f"missing: {sorted(wanted - found)}\ntoo much: {sorted(found - wanted)}")
for conf in deb["conf-files"]:
    if not any(place == "." + conf for _, _, place in wanted):
        sys.exit(f"{conf} is kept at an upgrade, and not in the package")
PY
  mkdir "$work/control"
  dpkg-deb --control "$file" "$work/control"
  for script in postinst prerm postrm; do
    [ -x "$work/control/$script" ] || die "$script is not run"
    sh -n "$work/control/$script" || die "$script"
  done
  [ "$(dpkg-deb --field "$file" Version)" = "$version-1" ] || die "the version"
  mkdir "$work/out"
  dpkg-deb --extract "$file" "$work/out"
  "$work/out/usr/bin/parvis" --version | grep -q "$version" || die "the program does not start"
  say "The package holds what the manifest names"
}
if [ -n "$only_contents" ]; then
  contents
  exit
fi
for one in "$version-1" "$version-2"; do
  pack "$one" "$work/parvis_$one.deb"
done
dpkg-deb --info "$work/parvis_$version-1.deb" | sed -n '1,20p'

say "A Debian ($suite)"
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null | grep -m1 '/debian/\?$' || echo http://deb.debian.org/debian)
root debootstrap --variant=minbase --include=systemd "$suite" "$debian" "$mirror" >"$work/log" 2>&1 || {
  tail -20 "$work/log"
  die "debootstrap"
}
root mount -t proc proc "$debian/proc"
inside() { root chroot "$debian" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@" </dev/null; }
parvis() { inside runuser -u parvis -- parvis "$@" --data /var/lib/parvis; }
root cp "$work"/*.deb "$debian/root/"
owners() { parvis export --all /var/lib/parvis/check.zip >/dev/null && inside rm /var/lib/parvis/check.zip; }
has_data() { inside test -s /var/lib/parvis/parvis.sqlite && inside test -s /var/lib/parvis/secret.key; }

say "Installation"
inside dpkg -i "/root/parvis_$version-1.deb" >/dev/null
inside parvis --version | grep -q "$version" || die "parvis --version"
[ "$(inside stat -c '%U:%G %a' /var/lib/parvis)" = "parvis:parvis 700" ] || die "/var/lib/parvis"
[ "$(inside stat -c '%U %a' /etc/default/parvis)" = "root 600" ] || die "/etc/default/parvis"
inside getent passwd parvis | grep -q nologin || die "the account"
said=$(inside systemd-analyze verify parvis.service 2>&1 | grep parvis.service || true)
[ -z "$said" ] || die "the unit: $said"
[ "$(inside systemctl is-enabled parvis.service)" = enabled ] || die "the service is not enabled"
parvis admin create ines@rivemont.example >/dev/null
parvis backup >/dev/null
parvis doctor || [ $? = 1 ] || die "parvis doctor"
key=$(inside sha256sum /var/lib/parvis/secret.key)

say "A start, as its unit starts it"
port=$((20000 + $$ % 20000))
# The shell writes down the number of the very process: only that one is ended.
start='setpriv --reuid parvis --regid parvis --clear-groups parvis serve --data /var/lib/parvis "$@" & echo $! >/root/pid; wait'
inside sh -c "$start" sh --address 127.0.0.1 --port $port >"$work/served" 2>&1 &
waiting=$!
answer=
for _ in $(seq 100); do
  answer=$(curl -fsS "http://127.0.0.1:$port/healthz" 2>/dev/null) && break
  sleep 0.2
done
[ -n "$answer" ] || die "it does not answer: $(cat "$work/served")"
stop_served
wait "$waiting" || true

say "Upgrade"
echo 'PARVIS_OPTIONS="--port 8090"' | root tee "$debian/etc/default/parvis" >/dev/null
inside dpkg -i "/root/parvis_$version-2.deb" >/dev/null
inside dpkg -s parvis | grep -q "Version: $version-2" || die "the version"
inside grep -q 8090 /etc/default/parvis || die "the options of the administrator are gone"
has_data && owners || die "the data after the upgrade"

say "Removal"
inside dpkg -r parvis >/dev/null
! inside test -e /usr/bin/parvis || die "the program is still there"
has_data && inside grep -q 8090 /etc/default/parvis || die "the data after the removal"
inside getent passwd parvis >/dev/null || die "the account is gone"

say "Back again"
inside dpkg -i "/root/parvis_$version-2.deb" >/dev/null
[ "$(inside sha256sum /var/lib/parvis/secret.key)" = "$key" ] && owners || die "the data are not the same"

say "Purge"
inside dpkg -P parvis >/dev/null
for file in /var/lib/parvis /etc/default/parvis /usr/bin/parvis; do
  ! inside test -e $file || die "$file is still there"
done
mkdir -p target/debian
cp "$work/parvis_$version-1.deb" target/debian/
say "The package installs, starts, upgrades, is removed and purged: target/debian/parvis_$version-1.deb"
