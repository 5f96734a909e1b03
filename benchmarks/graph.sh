#!/bin/sh
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Lays the recorded graphs out in turn with Graphviz's dot, and the graphs of profiles that are named: CPU time of dot
# with its start, of ours the first time in a JVM and warm (with compiling), pairs of edges that cross, and the length of
# all edges as a part of dot's. NODES says how many nodes of profiles to show; dot may need minutes for dense ones. Needs
# compiled tests (mvn test-compile -pl report -am) and dot.
# usage: benchmarks/graph.sh [profile...]
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
re2j=$(find "${HOME}/.m2/repository/com/google/re2j" -name 're2j-*.jar' | sort | tail -n 1)
classes=$root/report/target/test-classes:$root/report/target/classes:$root/profile/target/classes:$re2j

race() {
  "$java" -XX:+UseSerialGC -cp "$classes" io.pprof4j.report.layout.GraphRace "$@"
}

echo "graph | nodes, edges | dot | first, warm | crossings | length"
for graph in service-80 compiler-80 checker-80 wide-80 compiler-500 checker-500; do
  race "$root/report/src/test/resources/layout/$graph.txt"
done
for profile in "$@"; do
  race "$profile" "${NODES:-80}"
done
