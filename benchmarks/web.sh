#!/bin/sh
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Starts the web UI of google/pprof and of ours on the same profile and asks both for the flame
# graph: the page, and in ours the data that its script loads. Needs compiled modules, the
# distribution (mvn package -pl dist -am), curl, and pprof in PPROF.
# usage: benchmarks/web.sh [work-directory]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
pprof=${PPROF:-pprof}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
profile=$work/medium.pb.gz
[ -f "$profile" ] || "$java" -Xmx2g -cp "$root/profile/target/classes:$root/benchmarks/target/classes" \
  io.pprof4j.benchmarks.MakeProfile 30000 60 none 1 "$profile"

ask() { # name path...: the sum of the answers' times, and their sizes as sent
  name=$1; shift
  for path in "$@"; do
    curl -s --compressed -o "$work/answer" -w '%{time_total} %{size_download}\n' "$url/ui/$path"
  done | awk -v name="$name" '{s += $1; b += $2} END {printf "%-14s %.3f s, %d kB sent\n", name, s, b / 1000}'
}

measure() { # who, pages, command...
  who=$1; pages=$2; shift 2
  "$@" -http=localhost: -no_browser -symbolize=none "$profile" 2>"$work/log" &
  server=$!
  until url=$(grep -o 'http://localhost:[0-9]*' "$work/log"); do sleep 0.1; done
  echo "$who"
  # shellcheck disable=SC2086 # pages are words
  { ask first $pages; ask warm $pages; ask "warm again" $pages; ask "other filter" $(echo "$pages" | sed 's/flame\>/flame?f=a/; s/flamegraph/flamegraph?f=a/'); ask top top; ask graph graph; }
  grep VmHWM "/proc/$server/status" || true
  kill "$server"
}

# Which is first makes a difference on a busy machine; run it more than once.
measure ours 'flamegraph api/flame' "$root/dist/target/pprof4j/bin/pprof"
measure google flamegraph "$pprof"
