#!/usr/bin/env bash
# Builds Duet's image without Docker and without a base image: `build.sh OUT` writes the OCI layout OUT, tagged `duet`, whose digest is printed.
# The same tree gives the same digest. `build.sh --list` prints the files of its app layer. Needs Debian's buildah and Node's own libraries;
# root, or `unshare -Ur`. The Dockerfile beside package.json builds the same for whoever has Docker: a test holds their files together.
#
# Three layers, so that a new version of Duet is a small pull: Node with the shared objects that it needs, the modules, the app.
set -euo pipefail
cd "$(dirname "$0")/../../.."

app=(LICENSE package.json edge services infra)
listed() { find "${app[@]}" -name node_modules -prune -o -type f ! -name '*.test.ts' -print | LC_ALL=C sort; }
if [[ ${1:-} == --list ]]; then
  listed
  exit
fi
out=${1:?where to write the OCI layout}

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
build() { buildah --root "$stage/store" --runroot "$stage/run" --storage-driver vfs "$@"; }
version=$(node -p 'require("./package.json").version')
node=$(realpath node_modules/.bin/node)

# Node and what the linker finds for it, where the linker looks; nobody else is in /etc/passwd.
runtime=$stage/runtime
install -D -m 755 "$node" "$runtime/usr/local/bin/node"
ldd "$node" | grep -o '/[^ ]*' | while read -r library; do install -D -m 755 "$(realpath "$library")" "$runtime$library"; done
install -d -m 1777 "$runtime/tmp"
install -d "$runtime/etc"
echo 'duet:x:10001:10001::/app:/nonexistent' > "$runtime/etc/passwd"
echo 'duet:x:10001:' > "$runtime/etc/group"

modules=$stage/modules/app
install -d "$modules"
cp package.json package-lock.json .npmrc "$modules"
(cd "$modules" && npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/node-linux-* node_modules/.bin/node) >&2
rm "$modules"/package.json "$modules"/package-lock.json "$modules"/.npmrc "$modules"/node_modules/.package-lock.json

files=$stage/app/app
install -d "$files"
listed | tar -cf - -T - | tar -xf - -C "$files"
ln -s "$modules/node_modules" "$files/node_modules"
(cd "$files" && "$node" infra/deploy/bundle/main.ts --sealed) >&2
rm "$files/node_modules"

# Times and modes are the tree's, not the day's.
find "$stage/runtime" "$stage/modules" "$stage/app" -exec touch -h -d @0 {} +
chmod -R u=rwX,go=rX "$stage/modules" "$stage/app"

container=$(build from scratch)
for layer in runtime modules app; do
  build copy --quiet "$container" "$stage/$layer" / > "$stage/copied"
  if [[ $layer != app ]]; then
    build commit --quiet --timestamp 0 --rm "$container" "duet-$layer" > "$stage/image"
    container=$(build from --pull=never "localhost/duet-$layer")
  fi
done
build config --user 10001:10001 --workingdir /app --stop-signal SIGTERM --port 8080 \
  --env PATH=/usr/local/bin --env NODE_ENV=production --env NODE_COMPILE_CACHE=/tmp/compiled \
  --env NODE_OPTIONS=--max-semi-space-size=2 --env MALLOC_ARENA_MAX=2 \
  --env MALLOC_MMAP_THRESHOLD_=65536 --env MALLOC_TRIM_THRESHOLD_=65536 \
  --cmd '["node", "edge/main.ts"]' \
  --label org.opencontainers.image.title=duet --label "org.opencontainers.image.version=$version" \
  --label org.opencontainers.image.licenses=Apache-2.0 "$container"
rm -rf "$out"
build commit --quiet --disable-compression=false --timestamp 0 "$container" "oci:$out:duet" > "$stage/image"
node -p 'require(require("node:path").resolve(process.argv[1], "index.json")).manifests[0].digest' "$out"
