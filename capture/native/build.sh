#!/usr/bin/env bash
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Builds the heap sampler for all platforms from any one of them.
#
#   build.sh [--fetch]          builds all targets into the module's resources
#   build.sh [--fetch] --check  builds all targets to one side and compares them with the resources
#   build.sh --local OUT        builds for this machine with cc, for trials: OUT is the library
#
# The compiler is zig, which brings the C libraries of all targets (glibc as old as 2.17) and gives
# the same bytes wherever it runs. It is found as $ZIG, or as `python3 -m ziglang`, or where
# --fetch has put it: capture/native/target, from PyPI. The only headers besides libc's are the
# JDK's jni.h and jvmti.h, from $JAVA_HOME or the java on the PATH.
# Beside the libraries lies SHA256SUMS; SOURCES.sha256 tells which sources they were built from.
# Exit status: 0 done, 1 differs or fails, 77 no compiler (as automake's tests say "skipped").
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

zig_version=0.17.1
resources=../src/main/resources/io/pprof4j/capture/native
flags=(-std=gnu11 -O2 -g0 -fPIC -shared -fvisibility=hidden -fno-sanitize=undefined
  -fno-ident -Wall -Wextra -Werror)
libraries=(-lm -lpthread -ldl)
# Folder of the resource, zig's target, file name.
targets=(
  "linux-x86_64 x86_64-linux-gnu.2.17 libpprof4j.so"
  "linux-aarch64 aarch64-linux-gnu.2.17 libpprof4j.so"
  "linux-musl-x86_64 x86_64-linux-musl libpprof4j.so"
  "linux-musl-aarch64 aarch64-linux-musl libpprof4j.so"
  "macos-x86_64 x86_64-macos.11.0 libpprof4j.dylib"
  "macos-aarch64 aarch64-macos.11.0 libpprof4j.dylib"
)

java_home() { # the JDK whose include folder we read
  local home=${JAVA_HOME:-}
  [ -n "$home" ] || home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
  [ -f "$home/include/jvmti.h" ] || {
    echo "build.sh: no include/jvmti.h in '$home'; set JAVA_HOME to a JDK" >&2
    exit 77
  }
  echo "$home"
}

find_zig() { # sets the array zig
  local venv=target/zig
  if [ -n "${ZIG:-}" ]; then
    read -r -a zig <<<"$ZIG"
  elif python3 -m ziglang version 2>/dev/null | grep -qx "$zig_version"; then
    zig=(python3 -m ziglang)
  else
    "$fetch" || [ -x $venv/bin/python ] || no_zig
    [ -x $venv/bin/python ] || python3 -m venv $venv >&2 || no_zig
    $venv/bin/python -m ziglang version 2>/dev/null | grep -qx "$zig_version" ||
      $venv/bin/python -m pip install -q "ziglang==$zig_version" >&2 || no_zig
    zig=($venv/bin/python -m ziglang)
  fi
  [ "$("${zig[@]}" version)" = "$zig_version" ] || no_zig
}

no_zig() {
  echo "build.sh: no zig $zig_version; --fetch gets it from PyPI (package ziglang)" >&2
  exit 77
}

sources_sum() { # of all that decides what the libraries are
  (export LC_ALL=C && cat build.sh src/*.c src/*.h | sha256sum | cut -d ' ' -f 1)
}

build_all() { # builds into the folder $1
  local home entry folder target file name
  home=$(java_home)
  find_zig
  for entry in "${targets[@]}"; do
    read -r folder target file <<<"$entry"
    mkdir -p "$1/$folder"
    name=()
    [[ $target != *macos* ]] || name=("-Wl,-install_name,@rpath/$file")
    "${zig[@]}" cc -target "$target" "${flags[@]}" -s "${name[@]}" \
      -I"$home/include" -I"$home/include/linux" src/*.c -o "$1/$folder/$file" "${libraries[@]}"
  done
  (cd "$1" && find . -type f -name 'libpprof4j.*' | sort | sed 's|^\./||' | xargs sha256sum >SHA256SUMS)
}

fetch=false
if [ "${1:-}" = --fetch ]; then
  fetch=true
  shift
fi
case "${1:-}" in
  --local)
    home=$(java_home)
    md=linux
    [ "$(uname -s)" != Darwin ] || md=darwin
    "${CC:-cc}" "${flags[@]}" -I"$home/include" -I"$home/include/$md" src/*.c -o "$2" \
      "${libraries[@]}"
    ;;
  --check)
    mkdir -p target
    built=$(mktemp -d target/check.XXXXXX)
    trap 'rm -rf "$built"' EXIT
    build_all "$built"
    diff "$resources/SHA256SUMS" "$built/SHA256SUMS" || {
      echo "build.sh: the libraries in the resources are not those of the sources" >&2
      exit 1
    }
    echo "the libraries in the resources are those of the sources"
    ;;
  "")
    build_all "$resources"
    sources_sum >SOURCES.sha256
    cat "$resources/SHA256SUMS"
    ;;
  *)
    echo "usage: build.sh [--fetch] [--check] | --local OUT" >&2
    exit 2
    ;;
esac
