#!/bin/sh
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Records javac with the flight recorder, and converts the recording with async-profiler's jfrconv
# and with ours in turn. Needs compiled modules (mvn test-compile -pl benchmarks -am), GNU time, and
# tools.profiler:jfr-converter:4.5 in JFRCONV:
#   mvn dependency:copy -Dartifact=tools.profiler:jfr-converter:4.5 -DoutputDirectory=target
# usage: benchmarks/compare-recordings.sh [work-directory [recording.jfr]]
# The first two of each round are started as their own launchers do, where PPROF, or the distribution
# in dist/target, has a bin/pprof: jfrconv with both compilers for the allocations, ours for all kinds.
# The others differ in the compilers only. SECONDS_OF_WORK, 25 unless given, is how long javac runs.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jfrconv=${JFRCONV:-$root/target/jfr-converter-4.5.jar}
classes=$root/profile/target/classes:$root/jfr/target/classes:$root/benchmarks/target/classes
pprof=${PPROF:-$root/dist/target/pprof4j/bin/pprof}
recording=${2:-$work/javac.jfr}

run() {
  who=$1; shift
  /usr/bin/time -f "$who %e s wall, %U + %S s CPU, %M KB" "$@" >"$work/out" 2>"$work/err" || echo "$who failed:" "$(head -1 "$work/err")"
  tail -1 "$work/err"
}

mkdir -p "$work"
[ -f "$jfrconv" ] || { echo "no $jfrconv; see the head of this script" >&2; exit 2; }
[ -f "$recording" ] ||
  "$java" -Xmx600m -XX:TLABSize=4k -XX:MinTLABSize=2k -XX:-ResizeTLAB \
    "-XX:StartFlightRecording=filename=$recording,maxsize=0,settings=$root/benchmarks/allocations.jfc" \
    -cp "$classes" io.pprof4j.benchmarks.Compiling "${SECONDS_OF_WORK:-25}" "$root/profile/src/main/java" "$work/classes"
echo "$recording: $(wc -c <"$recording") bytes"
for round in 1 2 3; do
  if [ -x "$pprof" ]; then
    run "jfrconv as started by its launcher" "$java" -Xss2M -jar "$jfrconv" \
      --alloc --threads -o pb.gz "$recording" "$work/jfrconv.pb.gz"
    run "ours    as started by its launcher" "$pprof" -proto -output "$work/pprof.pb.gz" "$recording"
  fi
  for options in -XX:TieredStopAtLevel=1 -XX:+TieredCompilation; do
    run "jfrconv $options" "$java" -XX:+UseSerialGC $options -jar "$jfrconv" \
      --alloc --threads -o pb.gz "$recording" "$work/jfrconv.pb.gz"
    run "ours    $options" "$java" -XX:+UseSerialGC $options -cp "$classes" \
      io.pprof4j.benchmarks.RecordingPass "$recording" "$work/ours.pb.gz" ALLOCATION
  done
done
