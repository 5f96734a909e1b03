#!/bin/sh
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Makes profiles, runs google/pprof and ours over them in turn, each as a whole process, and prints
# the medians and their ratios. Needs the distribution and compiled modules (mvn package -pl
# dist,benchmarks -am -Dmaven.test.skip=true), GNU time, and google/pprof as PPROF.
# usage: benchmarks/compare.sh [work-directory [case...]]
# cases: medium large labels merge100 merge1000 shared100 shared1000 huge; all but huge and
# merge1000, for which the original takes minutes and 12 GB, unless some are named. RUNS (3) is how
# often each is run. Of merges, the bytes within gzip are compared, else what is printed.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- medium large labels merge100 shared100 shared1000
pprof=${PPROF:-pprof}
ours=$root/dist/target/pprof4j/bin/pprof
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=$root/profile/target/classes:$root/benchmarks/target/classes
runs=${RUNS:-3}

make() { # arguments of MakeProfile, the files without directory last
  eval "last=\${$#}"
  [ -f "$work/$last" ] && return
  "$java" -Xmx5g -XX:+UseSerialGC -cp "$classes" io.pprof4j.benchmarks.MakeProfile "$@"
}

# Appends "wall cpu kilobytes" of a command to a file. The original may die of what it is given.
measure() { # results, command...
  results=$1; shift
  /usr/bin/time -q -f "%e %U %S %M" -o "$work/time" "$@" >"$work/out" 2>"$work/err" || echo "  failed: $*" | cut -c1-100
  awk 'END { print $1, $2 + $3, $4 }' "$work/time" >>"$results"
}

# The checksum of what a command made; a merge is removed, so that the next has to make its own.
result() {
  if [ -f "$work/merged.pb.gz" ]; then
    gzip -dc "$work/merged.pb.gz" | cksum
    rm "$work/merged.pb.gz"
  else
    cksum <"$work/out"
  fi
}

median() { sort -n -k "$2" "$1" | awk -v column="$2" '{ v[NR] = $column } END { print v[int((NR + 1) / 2)] }'; }

compare() { # name, arguments of pprof...
  name=$1; shift
  rm -f "$work/theirs" "$work/ours"
  run=0
  while [ $run -lt "$runs" ]; do
    measure "$work/theirs" timeout 300 "$pprof" "$@"
    result >"$work/sum.theirs"
    measure "$work/ours" timeout 300 "$ours" "$@"
    result >"$work/sum"
    run=$((run + 1))
  done
  [ "$(cat "$work/sum")" = "$(cat "$work/sum.theirs")" ] && same=equal || same=DIFFERENT
  for column in 1 2 3; do echo "$(median "$work/theirs" $column) $(median "$work/ours" $column)"; done |
    awk -v name="$name" -v same=$same '{ t[NR] = $1; o[NR] = $2 } END {
      printf "%-11s google %6.2f s, CPU %6.2f s, %5.0f MB | ours %6.2f s, CPU %5.2f s, %5.0f MB | wall %.1fx, CPU %.1fx, memory 1/%.1f, output %s\n",
        name, t[1], t[2], t[3] / 1024, o[1], o[2], o[3] / 1024, t[1] / o[1], t[2] / o[2], t[3] / o[3], same }'
}

mkdir -p "$work"
cd "$work"
for case in "$@"; do
  case $case in
    medium) make 40442 60 heap 1 medium.pb.gz; compare medium -top medium.pb.gz ;;
    large) make 655000 103 none 1 large.pb.gz; compare large -top large.pb.gz ;;
    labels) make 602000 103 few 1 labels.pb.gz; compare labels -top labels.pb.gz ;;
    merge100)
      make 3000 60 none 1 $(seq -f 'set%g.pb.gz' 100)
      compare merge100 -proto -output=merged.pb.gz $(seq -f 'set%g.pb.gz' 100) ;;
    merge1000)
      make 3000 60 none 1 $(seq -f 'set%g.pb.gz' 1000)
      compare merge1000 -proto -output=merged.pb.gz $(seq -f 'set%g.pb.gz' 1000) ;;
    shared100)
      make 3000 60 run 1 $(seq -f 'run%g.pb.gz' 1000)
      compare shared100 -proto -output=merged.pb.gz $(seq -f 'run%g.pb.gz' 100) ;;
    shared1000)
      make 3000 60 run 1 $(seq -f 'run%g.pb.gz' 1000)
      compare shared1000 -proto -output=merged.pb.gz $(seq -f 'run%g.pb.gz' 1000) ;;
    huge)
      make 4800000 105 unique 1 huge.pb.gz
      rm -f "$work/ours"
      JAVA_TOOL_OPTIONS=-Xmx3g measure "$work/ours" "$ours" -top huge.pb.gz
      echo "huge: ours, with a heap of 3 GB: $(cat "$work/ours") (wall and CPU seconds, KB)" ;;
    *) echo "no case $case" >&2; exit 2 ;;
  esac
done
