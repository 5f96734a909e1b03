#!/bin/sh
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Makes a profile of 50,000 distinct stacks and shows it as google/pprof's flame graph and as ours: sizes of the pages,
# CPU time and memory of making them, and in a browser the time to the first picture and of frames. Needs the
# distribution (mvn package -pl dist -am), compiled tests, GNU time, curl, chromium, chromedriver, and pprof in PPROF.
# usage: benchmarks/flame.sh [work-directory]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mkdir -p "${1:-$root/target/flame}" && cd "${1:-$root/target/flame}" && pwd)
theirs=${PPROF:-pprof}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=$root/profile/target/classes:$root/benchmarks/target/classes
port=$((20000 + $$ % 20000))

cd "$work"
[ -f stacks.pb.gz ] || "$java" -cp "$classes" io.pprof4j.benchmarks.MakeProfile 50000 45 none 7 stacks.pb.gz
echo "profile: $(wc -c <stacks.pb.gz) bytes"
/usr/bin/time -f "ours   %e s wall, %U s user, %M KB" "$root/bin/pprof" -flame -output ours.html stacks.pb.gz
echo "ours   page: $(wc -c <ours.html) bytes"

/usr/bin/time -f "google %e s wall, %U s user, %M KB" \
  timeout 120 "$theirs" -http=localhost:$port -no_browser -symbolize=none stacks.pb.gz &
until curl -s -o theirs.html "http://localhost:$port/ui/flamegraph"; do sleep 0.2; done
echo "google page: $(wc -c <theirs.html) bytes"

cd "$root"
mvn -B -q test -pl web -am -Dtest=FlamePerformanceTest -Dsurefire.failIfNoSpecifiedTests=false \
  -Dflame.page="$work/ours.html" -Dflame.rival="http://localhost:$port/ui/flamegraph"
wait || true # until its time is over, to say what it took
