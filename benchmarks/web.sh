#!/bin/sh
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Starts the web UI of google/pprof and of ours on the same profile and asks both for the flame
# graph: the page, and in ours the data of its first picture and then all of it. Needs compiled
# modules, the distribution (mvn package -pl dist -am), curl, and pprof in PPROF. Sleeps a tenth of a
# second before each process, so that the one before has ended.
# usage: benchmarks/web.sh [work-directory [medium|distinct]]
# medium: 40,442 samples of a heap, 5.7 MB; distinct: 30,000 stacks of 60 frames that hardly share
# anything. RUNS (3) is how often each is started, in turn.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
pprof=${PPROF:-pprof}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
case=${2:-medium}
runs=${RUNS:-3}
profile=$work/$case.pb.gz
case $case in
  medium) what="40442 40 heap 1" ;;
  distinct) what="30000 60 none 1" ;;
  *) echo "no case $case" >&2; exit 2 ;;
esac
mkdir -p "$work"
# shellcheck disable=SC2086 # the arguments are words
[ -f "$profile" ] || "$java" -Xmx2g -cp "$root/profile/target/classes:$root/benchmarks/target/classes" \
  io.pprof4j.benchmarks.MakeProfile $what "$profile"

now() { date +%s%N; }

cpu() { # seconds that a process has used
  awk -v tick="$(getconf CLK_TCK)" '{printf "%.2f", ($14 + $15) / tick}' "/proc/$1/stat"
}

ask() { # name path...: the sum of the answers' times, and their sizes as sent
  name=$1; shift
  for path in "$@"; do
    curl -s --compressed -o "$work/answer" -w '%{time_total} %{size_download}\n' "$url/ui/$path"
  done | awk -v name="$name" '{s += $1; b += $2} END {printf "  %-28s %.3f s, %d kB sent\n", name, s, b / 1000}'
}

measure() { # who, pages of the first picture, all pages, command...
  who=$1; first=$2; all=$3; shift 3
  sleep 0.1
  start=$(now)
  "$@" -http=localhost: -no_browser -symbolize=none "$profile" 2>"$work/log" &
  server=$!
  until url=$(grep -o 'http://localhost:[0-9]*' "$work/log"); do sleep 0.005; done
  for path in $first; do curl -s --compressed -o "$work/answer" "$url/ui/$path"; done
  end=$(now)
  echo "$who: first flame graph after $(((end - start) / 1000000)) ms, $(cpu $server) s CPU, $(grep VmHWM "/proc/$server/status" | tr -s '\t ' ' ')"
  # shellcheck disable=SC2086 # pages are words
  {
    ask "the same again" $first
    [ "$first" = "$all" ] || ask "all of it" $all
    [ "$first" = "$all" ] || ask "all of it again" $all
    ask "other filter" $(echo "$first" | sed 's/\(flamegraph\|outline\)/\1?f=a/g')
    ask top top
    ask graph graph
  }
  echo "  $(grep -E VmHWM "/proc/$server/status" | tr -s '\t ' ' '), $(cpu $server) s CPU"
  kill "$server"
  wait "$server" 2>/dev/null || true
}

run=0
while [ $run -lt "$runs" ]; do
  measure ours 'flamegraph api/outline' 'flamegraph api/flame' "$root/dist/target/pprof4j/bin/pprof"
  measure google flamegraph flamegraph "$pprof"
  run=$((run + 1))
done
