#!/bin/sh
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Makes profiles, and runs google/pprof and ours over them in turn. Needs compiled modules
# (mvn test-compile -pl benchmarks -am), GNU time, and pprof in PPROF.
# usage: benchmarks/compare.sh [work-directory]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=${1:-$(mktemp -d)}
pprof=${PPROF:-pprof}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=$root/profile/target/classes:$root/benchmarks/target/classes

make() { "$java" -Xmx2g -cp "$classes" io.pprof4j.benchmarks.MakeProfile "$@"; }
ours() { main=$1; shift; time "ours  " "$java" -XX:+UseSerialGC -cp "$classes" "io.pprof4j.benchmarks.$main" "$@"; }
theirs() { time "google" "$pprof" "$@"; }
time() {
  who=$1; shift
  /usr/bin/time -f "$who %e s wall, %U s user, %M KB" "$@" >"$work/out" 2>"$work/err" || true
  tail -1 "$work/err"
}

cd "$work"
[ -f large.pb.gz ] || {
  make 850000 65 none 1 large.pb.gz
  make 780000 65 few 1 labels.pb.gz
  make 30000 60 none 1 medium.pb.gz
  make 3000 40 few 1 $(seq -f 'set%g.pb.gz' 100)
}
for file in medium large labels; do
  echo "-top of $file, $(gzip -dc $file.pb.gz | wc -c) bytes"
  theirs -top $file.pb.gz
  ours TopPass $file.pb.gz
done
echo "merge of 100"
theirs -proto -output=theirs.pb.gz set*.pb.gz
ours MergePass ours.pb.gz set*.pb.gz
