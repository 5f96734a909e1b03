#!/usr/bin/env bash
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# All figures of capturing, in under six minutes on a quiet machine: what profiling costs a service
# that is warm (ours against off, in one JVM), from a request to the first sample of CPU time, and
# what a dump of very many threads and a heap profile of very many stacks take, with the longest
# time that everything stood still. Needs compiled modules (mvn test-compile -pl benchmarks -am).
# usage: benchmarks/capture.sh [seconds of a turn] [pairs of turns]
#   JAVA_HOME  the JDK, 25 for the whole of it; FirstSamplePass also runs on the java of $JAVA17_HOME
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
seconds=${1:-4}
pairs=${2:-8}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
classes=$root/benchmarks/target/classes
for module in capture jfr profile; do classes=$classes:$root/$module/target/classes; done

pass() { # class, JVM options up to --, arguments
  local class=$1 options=()
  shift
  while [ "$1" != -- ]; do
    options+=("$1")
    shift
  done
  shift
  "$java" "${options[@]}" -cp "$classes" "io.pprof4j.benchmarks.$class" "$@" 2>>"$work/err" || {
    cat "$work/err" >&2
    exit 1
  }
}

stops() { # the longest stop of each kind in a log of safepoints, three longest first
  sed -n 's/.*Safepoint "\([^"]*\)".*Total: *\([0-9]*\) ns.*/\2 \1/p' "$1" | sort -rn |
    awk '!seen[$2]++ { printf "  stop for %s: at most %.1f ms\n", $2, $1 / 1e6 }' | sed -n 1,3p
}

echo "== what it costs, per CPU second of the service"
pass TurnsPass -Xms512m -Xmx512m -- nothing $((pairs / 2)) "$seconds"
pass TurnsPass -Xms512m -Xmx512m -- heap "$pairs" "$seconds"
pass TurnsPass -Xms512m -Xmx512m -- budget "$pairs" "$seconds"
pass TurnsPass -Xms512m -Xmx512m -- cpu "$pairs" "$seconds"
pass TurnsPass -Xms512m -Xmx512m -- mutex $((pairs / 2)) "$seconds"
echo "== from a request to the first sample"
pass FirstSamplePass -Xmx256m -- 15
if [ -n "${JAVA17_HOME:-}" ]; then
  java=$JAVA17_HOME/bin/java
  echo "on $JAVA17_HOME:"
  pass FirstSamplePass -Xmx256m -- 15
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
fi
echo "== 2,000 platform and 100,000 virtual threads"
pass ThreadsPass "-Xlog:safepoint:file=$work/threads.txt" -Xmx1g -- 2000 100000 8
stops "$work/threads.txt"
echo "== heap profile of 20,000 stacks and more"
pass HeapPass "-Xlog:safepoint:file=$work/heap.txt" -Xmx1g -- 20000 12
stops "$work/heap.txt"
