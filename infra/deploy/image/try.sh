#!/usr/bin/env bash
# Starts what build.sh has built, as root alone can: `try.sh OUT` unpacks the layers of the OCI layout OUT, runs the edge in them by chroot as uid
# 10001 on a port that the system chooses, asks it for its health, and stops it with SIGTERM. No container engine is needed, and there is none of
# its walls: this shows that the files suffice, not that limits hold.
set -euo pipefail
out=${1:?the OCI layout that build.sh has written}

root=$(mktemp -d)
log=$root.log
edge=
tidy() {
  [[ -z $edge ]] || kill "$edge" 2> /dev/null || true
  umount "$root/proc" 2> /dev/null || true
  umount "$root/dev" 2> /dev/null || true
  rm -rf --one-file-system "$root" "$log"
}
trap tidy EXIT
chmod 755 "$root"
blob() { echo "$out/blobs/${1/://}"; }
read_json() { node -p "const json = JSON.parse(require('node:fs').readFileSync(process.argv[1], 'utf8')); $2" "$1"; }
manifest=$(blob "$(read_json "$out/index.json" 'json.manifests[0].digest')")
for digest in $(read_json "$manifest" 'json.layers.map(({ digest }) => digest).join(" ")'); do
  tar -xf "$(blob "$digest")" -C "$root"
done
user=$(read_json "$(blob "$(read_json "$manifest" 'json.config.digest')")" 'json.config.User')
mkdir -p "$root/proc" "$root/dev"
mount -t proc proc "$root/proc" 2> /dev/null || true
mknod -m 666 "$root/dev/null" c 1 3 2> /dev/null || mount --bind /dev "$root/dev"
mknod -m 666 "$root/dev/urandom" c 1 9 2> /dev/null || true

chroot --userspec="$user" "$root" /usr/local/bin/node -e '
  if (process.getuid() !== 10001) throw new Error(`it runs as ${process.getuid()}`);
  try { require("node:fs").writeFileSync("/app/x", ""); } catch { process.exit(); }
  throw new Error("it could write into its own files");'
if chroot --userspec="$user" "$root" /bin/sh -c true 2> /dev/null; then
  echo 'there is a shell in it' >&2
  exit 1
fi
env -i PATH=/usr/local/bin DUET_EDGE_LISTEN=127.0.0.1:0 \
  "$(command -v chroot)" --userspec="$user" "$root" /usr/local/bin/node /app/edge/main.ts > "$log" 2>&1 &
edge=$!
for _ in $(seq 300); do
  url=$(grep -o 'http://127.0.0.1:[0-9]*' "$log" | head -n 1 || true)
  [[ -z $url ]] || break
  kill -0 "$edge" 2> /dev/null || { cat "$log" >&2; exit 1; }
  sleep 0.1
done
node -e 'fetch(`${process.argv[1]}/healthz`).then(async (answer) => console.log(`uid 10001: ${answer.status} ${(await answer.text()).trim()}`))' "$url"
node -e 'fetch(process.argv[1]).then(async (answer) => console.log(`page: ${answer.status}, ${(await answer.text()).length} characters`))' "$url"
kill -TERM "$edge"
wait "$edge" && echo 'stopped by SIGTERM'
edge=
