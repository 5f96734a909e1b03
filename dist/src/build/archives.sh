# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
# usage: archives.sh <distribution> <training profile> <JDK>
# Lets each short-lived tool run once and keeps its classes for faster starts (see lib/launch.sh).
# A distribution without these files works too, so nothing here fails the build.
home=$(cd "$1" && pwd -P) || exit 0
training=$2
JAVA_HOME=$3

# Makes class data of a kind from one run: of the AOT cache from Java 25 on, and else of CDS.
train() { # archive, module, arguments of java...
  archive=$home/lib/$1-$version
  jar=$(echo "$home/lib/pprof4j-$2"-[0-9]*.jar)
  shift 2
  options="-XX:+UseSerialGC -cp $jar"
  if [ "$release" -ge 25 ]; then
    "$java" -XX:AOTCacheOutput="$archive.aot" $options "$@"
  else
    "$java" -XX:ArchiveClassesAtExit="$archive.jsa" $options "$@"
  fi </dev/null >/dev/null 2>&1
}

tool=archives
. "$home/lib/launch.sh"
# Those of other jars are of no use.
rm -f "$home"/lib/*.jsa "$home"/lib/*.aot
# What runs without the optimising compiler is trained without; that of hey tells it what to expect.
c1=-XX:TieredStopAtLevel=1
train pprof cli $c1 io.pprof4j.cli.Main -top "$training"
train pprof-reports cli $c1 io.pprof4j.cli.ArchiveTraining "$training" -top -tree -peek=a -traces -raw \
  -tags "-top -focus=a" -dot -svg "-top -diff_base=$training" "-proto -output=/dev/null"
train pprof-web cli $c1 io.pprof4j.cli.ArchiveTraining "$training" -http
train hey hey io.pprof4j.hey.Main -n 1 -c 1 https://localhost:1/
exit 0
