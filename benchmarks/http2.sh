#!/usr/bin/env bash
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Measures hey's own HTTP/2 against Netty's codec (Http2Pass), with 8 and 64 streams. Needs cc,
# OpenSSL's headers and program, and compiled modules (mvn -q test-compile -pl benchmarks -am).
# usage: benchmarks/http2.sh [rounds, 3] [seconds of a turn, 5]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap '[ -z "${server:-}" ] || kill "$server"; rm -rf "$work"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
  -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
${CC:-cc} -O2 -o "$work/server" "$root/benchmarks/server.c" -lssl -lcrypto
mkfifo "$work/port"
"$work/server" 0 "$work/cert.pem" "$work/key.pem" >"$work/port" &
server=$!
read -r port <"$work/port"
(cd "$root" && mvn -q -B test-compile dependency:build-classpath -pl benchmarks -am \
  -Dmdep.includeScope=test -Dmdep.outputFile="$work/classpath" -Dmdep.regenerateFile=true)
for workers in 8 64; do
  echo "$workers streams"
  "$java" -XX:+UseSerialGC -cp "$root/benchmarks/target/test-classes:$(cat "$work/classpath")" \
    io.pprof4j.benchmarks.Http2Pass "https://localhost:$port/" $workers "${1:-3}" "${2:-5}"
done
