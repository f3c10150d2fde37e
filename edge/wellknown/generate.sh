#!/bin/sh
# Generates edge/wellknown/gen. Run by `npm run proto:wellknown`: npm exec puts all packages in one folder, first on PATH.
set -eu
modules=$(dirname "${PATH%%:*}")
protos=$(mktemp -d)
trap 'rm -rf "$protos"' EXIT
mkdir -p "$protos/google/rpc" "$protos/grpc/health/v1" "$protos/grpc/reflection"
cp "$modules/google-gax/build/protos/google/rpc/error_details.proto" "$protos/google/rpc/"
cp "$modules/grpc-health-check/proto/health/v1/health.proto" "$protos/grpc/health/v1/"
cp -r "$modules/@grpc/reflection/build/proto/grpc/reflection/." "$protos/grpc/reflection/"
buf generate "$protos" --template edge/wellknown/buf.gen.yaml
