# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
# Sourced by the launchers in ../bin, with $home and $tool set. Sets $java, the program, and
# $release, the number of its Java. POSIX sh; starts no process if it can be helped.

fail() {
  echo "$tool: $*" >&2
  exit 1
}

find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || fail "JAVA_HOME is $JAVA_HOME, but there is no bin/java in it"
  else
    java=$(command -v java) || fail "needs Java 17 or newer: set JAVA_HOME, or put java on the PATH"
  fi
}

# The version as the JDK's own file tells it, or else as java says.
find_version() {
  version=
  program=$java
  while [ -h "$program" ]; do
    link=$(readlink "$program")
    case $link in /*) program=$link ;; *) program=${program%/*}/$link ;; esac
  done
  file=${program%/bin/java}/release
  if [ -r "$file" ]; then
    while IFS='=' read -r key value; do
      [ "$key" = JAVA_VERSION ] && version=$value
    done <"$file"
  fi
  [ -n "$version" ] || version=$("$java" -version 2>&1 | sed -n 's/.* version \("[^"]*"\).*/\1/p')
  version=${version#\"}
  version=${version%\"}
  release=${version#1.}
  release=${release%%[!0-9]*}
}

# The classes of a short run, as the JVM lays them out in memory (class data sharing): made when the
# distribution is built, for that JVM; by the first run, for any other from 19 on that may write
# here. A JVM that cannot use it starts without it, and shall say nothing of it.
use_archive() {
  archive=$home/lib/$tool-$version.jsa
  if [ "$release" -ge 19 ] && [ -w "$home/lib" ]; then
    options="$options -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=$archive"
  elif [ -f "$archive" ]; then
    options="$options -XX:SharedArchiveFile=$archive"
  fi
  options="$options -Xshare:auto -Xlog:disable"
}

# Whether no argument is a large file (64 MiB), there are few of them, and none asks for the web UI.
is_short() {
  [ $# -le 32 ] || return 1
  for argument in "$@"; do
    case $argument in
      -http* | --http*) return 1 ;;
      -*) ;;
      *) [ -f "$argument" ] && [ -n "$(find "$argument" -prune -size +131072)" ] && return 1 ;;
    esac
  done
  return 0
}

find_java
find_version
[ "${release:-0}" -ge 17 ] || fail "needs Java 17 or newer; $java is ${version:-of an unknown version}"
