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
      [ "$key" = JAVA_VERSION ] && version=$value && break
    done <"$file"
  fi
  [ -n "$version" ] || version=$("$java" -version 2>&1 | sed -n 's/.* version \("[^"]*"\).*/\1/p')
  version=${version#\"}
  version=${version%\"}
  release=${version#1.}
  release=${release%%[!0-9]*}
}

# The classes of a short run, as the JVM lays them out in memory, for faster starts. Made when the
# distribution is built, for that JVM: from 25 on an AOT cache, which also has the classes linked,
# before that class data (CDS). For another JVM the first run makes class data, if it may write here.
# A JVM that cannot use a file starts without it, and shall say nothing of it.
use_archive() { # its name, that of the tool unless given; whether to make it, yes unless given
  archive=$home/lib/${1:-$tool}-$version
  # -UsePerfData: no file that tells jps and jstat of it.
  options="$options -Xlog:disable -XX:-UsePerfData"
  new_archive=
  if [ -f "$archive.aot" ]; then
    options="$options -XX:AOTCache=$archive.aot"
  elif [ -f "$archive.jsa" ] && is_in_place; then
    options="$options -XX:SharedArchiveFile=$archive.jsa"
  elif [ "${2:-yes}" = yes ] && [ -w "$home/lib" ]; then
    # Under another name until it is whole: other runs may start meanwhile.
    new_archive=$archive.$$.new
    options="$options -XX:ArchiveClassesAtExit=$new_archive"
  fi
}

# Class data is of jars in one folder. In another a JVM of 17 starts without any, even the JDK's own,
# in twice the time.
is_in_place() {
  [ -r "$archive.place" ] && read -r place <"$archive.place" && [ "$place" -ef "$home/lib" ]
}

tell_place() {
  (cd "$home/lib" && pwd -P) >"$archive.place"
}

# Large pages for a heap that is soon full: a page of 4 KiB costs a trap of its own, and in a virtual
# machine each miss of its address walks two tables. A JVM warns where the system has none, so that is
# read before; where it gives them unasked, there is nothing to do.
use_large_pages() {
  pages=
  { read -r pages </sys/kernel/mm/transparent_hugepage/enabled; } 2>/dev/null
  case $pages in *"[madvise]"*) options="$options -XX:+UseTransparentHugePages" ;; esac
}

# Names of files are bytes, which the JVM reads as text of the locale. Where none is set it would know
# no letters beyond ASCII, and no file that has one in its name.
use_utf8_names() {
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    '' | C | POSIX) ;;
    *) return ;;
  esac
  export LC_CTYPE=C.UTF-8
  [ -z "${LC_ALL:-}" ] || export LC_ALL=C.UTF-8
}

# Runs Java with the options and the arguments in place of this shell, or within it if there is an
# archive to be made.
run_java() {
  [ -n "$new_archive" ] || exec "$java" $options "$@"
  "$java" $options "$@"
  status=$?
  [ -f "$new_archive" ] && mv -f "$new_archive" "$archive.jsa" && tell_place
  exit $status
}

use_utf8_names
find_java
find_version
[ "${release:-0}" -ge 17 ] || fail "needs Java 17 or newer; $java is ${version:-of an unknown version}"
