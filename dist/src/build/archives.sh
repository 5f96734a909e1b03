# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
# usage: archives.sh <distribution> <training profile> <JDK>
# Lets each short-lived tool run once and keeps its classes for faster starts (see lib/launch.sh).
# A distribution without these files works too, so nothing here fails the build.
home=$(cd "$1" && pwd -P) || exit 0
training=$2
JAVA_HOME=$3

train() { # how, kind, tool, module, arguments...
  how=$1
  kind=$2
  tool=$3
  . "$home/lib/launch.sh"
  jar=$(echo "$home/lib/pprof4j-$4"-[0-9]*.jar)
  main=io.pprof4j.$4.Main
  shift 4
  options="-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
  "$java" $options -XX:"$how=$home/lib/$tool-$version.$kind" -cp "$jar" "$main" "$@" \
    </dev/null >/dev/null 2>&1
}

# Those of other jars are of no use.
rm -f "$home"/lib/*.jsa "$home"/lib/*.aot
# A JVM before 25 knows no AOT cache, and ends.
(train AOTCacheOutput aot pprof cli -top "$training")
[ -f "$(echo "$home"/lib/pprof-*.aot)" ] || (train ArchiveClassesAtExit jsa pprof cli -top "$training")
(train ArchiveClassesAtExit jsa hey hey -n 1 -c 1 http://localhost:1/)
exit 0
