#!/bin/sh
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Runs the benchmarks of src/test with JMH; all of them take half an hour.
# usage: benchmarks/jmh.sh [arguments of JMH...]
# Needs compiled modules: mvn -q test-compile -pl benchmarks -am
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
paths=$root/benchmarks/target/jmh-classpath
(cd "$root" && mvn -q -B test-compile dependency:build-classpath -pl benchmarks -am \
  -Dmdep.includeScope=test -Dmdep.outputFile="$paths" -Dmdep.regenerateFile=true)
exec "$java" -cp "$root/benchmarks/target/test-classes:$root/benchmarks/target/classes:$(cat "$paths")" \
  org.openjdk.jmh.Main "$@"
