#!/bin/sh
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs the reports of google/pprof and ours in turn, each as a whole process over files of the same
# content, and prints a table of time, CPU time and memory. Needs the distribution
# (mvn package -pl dist -am), compiled benchmarks (mvn test-compile -pl benchmarks -am), GNU time,
# and pprof in PPROF. The large profile takes google/pprof minutes; SIZES=medium leaves it out.
# usage: benchmarks/commands.sh [work-directory]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
pprof=${PPROF:-pprof}
ours=$root/dist/target/pprof4j/bin/pprof
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=$root/profile/target/classes:$root/benchmarks/target/classes

make() { "$java" -Xmx2g -cp "$classes" io.pprof4j.benchmarks.MakeProfile "$@"; }

# Prints "wall cpu megabytes" of a command run some times, as a mean.
measure() {
  times=$1; shift
  for run in $(seq "$times"); do
    timeout "${LIMIT:-600}" /usr/bin/time -o "$work/time" -f "%e %U %S %M" "$@" >"$work/out" 2>/dev/null || true
    tail -1 "$work/time"
  done | awk '{ wall += $1; cpu += $2 + $3; if ($4 > kb) kb = $4 }
    END { printf "%.3f %.3f %.0f", wall / NR, cpu / NR, kb / 1024 }'
}

compare() { # how often, name, arguments...
  times=$1; name=$2; shift 2
  measure "$times" "$pprof" "$@" >"$work/theirs"
  measure "$times" "$ours" "$@" >"$work/mine"
  paste -d' ' "$work/theirs" "$work/mine" | awk -v name="$name" '{
    printf "| %s | %.3f s, %.3f s, %d MB | %.3f s, %.3f s, %d MB | %.2f×, %.2f×, %.2f |\n",
      name, $1, $2, $3, $4, $5, $6, $1 / $4, $2 / $5, $6 / $3 }'
}

# The second command of a shell is the time of two less that of one; each shell reads the file.
second() { # who, file, command
  for commands in "$3" "$3 $3"; do
    printf '%s\n' $commands quit >"$work/input"
    /usr/bin/time -o "$work/time" -f "%e %U %S" "$1" "$2" <"$work/input" >/dev/null 2>&1 || true
    tail -1 "$work/time"
  done | awk 'NR == 1 { wall = $1; cpu = $2 + $3 } NR == 2 { printf "%.2f s, %.2f s", $1 - wall, $2 + $3 - cpu }'
}

cd "$work"
[ -f small.pb.gz ] || make 600 30 none 1 small.pb.gz
[ -f medium.pb.gz ] || make 40442 60 heap 1 medium.pb.gz medium2.pb.gz
echo "| work | google/pprof: wall, CPU, memory | ours | ratio of wall, CPU, memory |"
echo "|---|---|---|---|"
compare 20 "small -top" -top small.pb.gz
[ -f endpoints.pb.gz ] || make 200000 55 endpoints 1 endpoints.pb.gz
compare 3 "1,000 endpoints -tags" -tags endpoints.pb.gz
for size in ${SIZES:-medium large}; do
  [ -f $size.pb.gz ] || make 655000 103 none 1 large.pb.gz large2.pb.gz
  times=3
  [ $size = large ] && times=1
  for report in -top -tree -dot -peek=Handler -raw -tags -traces; do
    compare $times "$size $report" $report $size.pb.gz
  done
  compare $times "$size -focus" -top -focus=Session $size.pb.gz
  compare $times "$size -diff_base" -top -diff_base=${size}2.pb.gz $size.pb.gz
  for command in top tree; do
    echo "| $size, second $command of a shell | $(second "$pprof" $size.pb.gz $command) | $(second "$ours" $size.pb.gz $command) | |"
  done
done
