# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
# usage: archives.sh <distribution> <training profile> <JDK>
# Lets each short-lived tool run once and keeps its classes for faster starts (see lib/launch.sh).
# A distribution without these files works too, so nothing here fails the build.
home=$(cd "$1" && pwd -P) || exit 0
training=$2
JAVA_HOME=$3

train() { # tool, module, arguments...
  tool=$1
  . "$home/lib/launch.sh"
  jar=$(echo "$home/lib/pprof4j-$2"-[0-9]*.jar)
  main=io.pprof4j.$2.Main
  shift 2
  archive=$home/lib/$tool-$version.jsa
  "$java" -XX:+UseSerialGC -XX:ArchiveClassesAtExit="$archive" -cp "$jar" "$main" "$@" </dev/null >/dev/null 2>&1
}

# Those of other jars are of no use.
rm -f "$home"/lib/*.jsa
(train pprof cli -top "$training")
(train hey hey -n 1 -c 1 http://localhost:1/)
exit 0
