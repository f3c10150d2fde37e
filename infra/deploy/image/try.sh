#!/usr/bin/env bash
# Starts what build.sh has built, as root alone can: `try.sh OUT` unpacks the layers of the OCI layout OUT and runs in them, by chroot as uid 10001 on
# ports that the system chooses, first the edge, then edge, services and stand-ins together, which have to answer a question aloud. Each is stopped by
# SIGTERM. No container engine is needed, and there is none of its walls: this shows that the files suffice, not that limits hold.
set -euo pipefail
out=${1:?the OCI layout that build.sh has written}

root=$(mktemp -d)
log=$root.log
program=
tidy() {
  [[ -z $program ]] || kill "$program" 2> /dev/null || true
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
# Starts a program of the image and waits until it says where it is: start SCRIPT PATTERN VARIABLE=VALUE…
start() {
  : > "$log"
  env -i PATH=/usr/local/bin DUET_EDGE_LISTEN=127.0.0.1:0 "${@:3}" \
    "$(command -v chroot)" --userspec="$user" "$root" /usr/local/bin/node "/app/$1" > "$log" 2>&1 &
  program=$!
  url=
  for _ in $(seq 600); do
    url=$(grep -o "$2" "$log" | grep -o 'http://127.0.0.1:[0-9]*' | tail -n 1 || true)
    [[ -z $url ]] || return 0
    kill -0 "$program" 2> /dev/null || break
    sleep 0.1
  done
  cat "$log" >&2
  exit 1
}
stop() {
  kill -TERM "$program"
  wait "$program" && echo "$1: stopped by SIGTERM"
  program=
}

start edge/main.ts 'http://127.0.0.1:[0-9]*'
node -e 'fetch(`${process.argv[1]}/healthz`).then(async (answer) => console.log(`uid 10001: ${answer.status} ${(await answer.text()).trim()}`))' "$url"
node -e 'fetch(process.argv[1]).then(async (answer) => console.log(`page: ${answer.status}, ${(await answer.text()).length} characters`))' "$url"
stop edge

start infra/launch/main.ts 'Duet is ready: .*' DUET_DISCOVER=0
node -e '
  const body = JSON.stringify({ text: "Hello" });
  const headers = { "content-type": "application/json" };
  fetch(`${process.argv[1]}/duet.assistant.v1.AssistantService/Converse`, { method: "POST", headers, body }).then(async (answer) => {
    const events = (await answer.text()).trim().split("\n").map((line) => JSON.parse(line));
    const text = events.map(({ textDelta }) => textDelta?.text ?? "").join("");
    const audio = events.reduce((sum, { audio }) => sum + Buffer.from(audio?.pcm ?? "", "base64").length, 0);
    const { outcome, timings } = events.at(-1).finished;
    console.log(`a turn: ${outcome}, ${text.length} characters, ${audio} bytes of audio, the first after ${timings.firstAudioMs} ms`);
    if (outcome !== "OUTCOME_COMPLETED" || text === "" || audio === 0) process.exitCode = 1;
  });' "$url"
stop 'edge, services and stand-ins'
