#!/usr/bin/env bash
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# What profiling costs: the same work (ServicePass, service.go) without a profiler and under ours,
# the JDK's flight recorder, async-profiler, the Pyroscope agent, and Go's own, taking turns. Prints
# of each the CPU time relative to the run without a profiler in the same round: mean and standard
# error. Needs compiled modules (mvn test-compile -pl benchmarks -am); a rival that is not named is left out.
# usage: benchmarks/overhead.sh [rounds] [requests]
#   ASYNC_PROFILER  libasyncProfiler.so      PYROSCOPE  pyroscope.jar      GO  the go command
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
rounds=${1:-5}
requests=${2:-400000}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
classes=$root/benchmarks/target/classes
for module in capture jfr profile; do classes=$classes:$root/$module/target/classes; done
service=(-Xms512m -Xmx512m -cp "$classes")

jvm() { # mode, JVM options
  "$java" "${@:2}" "${service[@]}" io.pprof4j.benchmarks.ServicePass "$requests" "$1"
}

run() {
  case $1 in
    java-*) jvm "${1#java-}" ;;
    jfr) jvm none "-XX:StartFlightRecording:settings=profile,filename=$work/r.jfr" ;;
    async-profiler)
      jvm none "-agentpath:$ASYNC_PROFILER=start,event=ctimer,interval=10ms,alloc=512k,jfr,file=$work/a.jfr" ;;
    pyroscope) # there is no server: it profiles, and fails to deliver
      PYROSCOPE_APPLICATION_NAME=service PYROSCOPE_SERVER_ADDRESS=http://127.0.0.1:9 \
        PYROSCOPE_PROFILER_EVENT=itimer PYROSCOPE_PROFILING_INTERVAL=10ms PYROSCOPE_LOG_LEVEL=error \
        PYROSCOPE_PROFILER_ALLOC=512k PYROSCOPE_FORMAT=jfr jvm none "-javaagent:$PYROSCOPE" ;;
    go-*) "$work/service" "$requests" "${1#go-}" ;;
  esac 2>"$work/err" | sed -n 's/ s of CPU time.*//p'
}

runs=(java-none java-heap java-cpu java-all jfr)
[ -z "${ASYNC_PROFILER:-}" ] || runs+=(async-profiler)
[ -z "${PYROSCOPE:-}" ] || runs+=(pyroscope)
if [ -n "${GO:-}" ]; then
  "$GO" build -o "$work/service" "$root/benchmarks/service.go"
  runs+=(go-none go-heap go-cpu go-all)
fi
for ((round = 0; round < rounds; round++)); do
  for who in "${runs[@]}"; do echo "$who $(run "$who")"; done
done | awk '
  { base = $1 ~ /^go/ ? "go" : "java" }
  $1 ~ /-none$/ { none[base] = $2 }
  { ratio = $2 / none[base]; n[$1]++; sum[$1] += ratio; squares[$1] += ratio * ratio; cpu[$1] += $2
    if (n[$1] == 1) order[++count] = $1 }
  END {
    for (i = 1; i <= count; i++) {
      who = order[i]; mean = sum[who] / n[who]; variance = squares[who] / n[who] - mean * mean
      error = n[who] < 2 || variance < 0 ? 0 : sqrt(variance / (n[who] - 1))
      printf "%-16s %8.2f s  %+6.2f +- %.2f %%\n", who, cpu[who] / n[who], (mean - 1) * 100, error * 100
    }
  }'
