# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
# usage: archives.sh <distribution> <training profile> <JDK>
# Lets each short-lived tool run once and keeps its classes for faster starts (see lib/launch.sh).
# A distribution without these files works too, so nothing here fails the build.
home=$(cd "$1" && pwd -P) || exit 0
# Absolute, as training goes to a folder of its own.
case $2 in /*) training=$2 ;; *) training=$PWD/$2 ;; esac
JAVA_HOME=$3

# Makes class data of a kind from one run: of the AOT cache from Java 25 on, and else of CDS, all
# classes in one file, which is mapped faster than one for the JDK and another beside it.
train() { # archive, module, arguments of java...
  archive=$home/lib/$1-$version
  jar=$(echo "$home/lib/pprof4j-$2"-[0-9]*.jar)
  shift 2
  if [ "$release" -ge 25 ]; then
    "$java" -XX:AOTCacheOutput="$archive.aot" -XX:+UseSerialGC -cp "$jar" "$@"
    rewrite "$archive.aot"
  else
    "$java" -XX:DumpLoadedClassList="$archive.classes" -cp "$jar" "$@"
    # Only this collector can write objects to the file.
    "$java" -Xshare:dump -XX:+UseG1GC -XX:SharedClassListFile="$archive.classes" \
      -XX:SharedArchiveFile="$archive.jsa" -cp "$jar"
    rm -f "$archive.classes"
    rewrite "$archive.jsa"
    tell_place
  fi </dev/null >/dev/null 2>&1
}

# A copy written from the first to the last byte is in the larger pages of the system's cache that a
# file has when it is read from the disk, and is mapped 3 ms faster than what the JVM wrote in bits.
rewrite() { # file
  cp "$1" "$1.new" && mv -f "$1.new" "$1"
}

tool=archives
. "$home/lib/launch.sh"
# Those of other jars are of no use.
rm -f "$home"/lib/*.jsa "$home"/lib/*.place "$home"/lib/*.aot
# What runs without the optimising compiler is trained without; that of hey tells it what to expect.
c1=-XX:TieredStopAtLevel=1
train pprof cli $c1 io.pprof4j.cli.Main -top "$training"
recording=$(dirname "$training")/../../../jfr/src/test/resources/io/pprof4j/jfr/jdk25.jfr.gz
train pprof-reports cli $c1 io.pprof4j.cli.ArchiveTraining "$training" -top -tree -peek=a -traces -raw \
  -tags "-top -focus=a" -dot -svg "-top -diff_base=$training" "-proto -output=/dev/null" \
  "-proto -output=/dev/null $training" "$recording"
train pprof-web cli $c1 io.pprof4j.cli.ArchiveTraining "$training" -http
train hey hey io.pprof4j.hey.Main -n 1 -c 1 https://localhost:1/
exit 0
