#!/usr/bin/env bash
# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
#
# Tests the parts of the heap sampler that need no JVM: each test/*_test.c is a program that ends
# with 0 when all holds. They run under the address and undefined-behaviour sanitizers, those with
# threads also under the thread sanitizer, where the compiler ($CC, else cc) has them.
# Exit status: 0 all hold, 1 one does not, 77 no compiler.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

cc=${CC:-cc}
command -v "$cc" >/dev/null || { echo "test.sh: no C compiler ($cc)" >&2; exit 77; }
mkdir -p target
out=$(mktemp -d target/test.XXXXXX)
trap 'rm -rf "$out"' EXIT

parts=(src/buckets.c src/buffer.c src/control.c src/counters.c src/estimate.c src/exposure.c
  src/fingerprint.c src/grace.c src/live.c src/memo.c src/memory.c src/meter.c src/methods.c
  src/names.c src/shapes.c)
flags=(-std=gnu11 -O1 -g -Wall -Wextra -Wshadow -Werror -Isrc)

has() { # whether the compiler can link with a sanitizer
  echo 'int main(void) { return 0; }' | "$cc" "-fsanitize=$1" -x c - -o "$out/probe" 2>/dev/null &&
    "$out/probe" 2>/dev/null
}

run() { # test file, compiler options
  local name
  name=$(basename "$1" .c)
  "$cc" "${flags[@]}" "${@:2}" "$1" "${parts[@]}" -o "$out/$name" -lm -lpthread
  if ! (cd "$out" && "./$name"); then
    echo "test.sh: $name fails (${*:2})" >&2
    exit 1
  fi
}

checks=()
! has address,undefined || checks=(-fsanitize=address,undefined -fno-sanitize-recover=all)
for test in test/*_test.c; do run "$test" "${checks[@]}"; done
! has thread || run test/tables_test.c -fsanitize=thread
echo "C tests: all hold (${checks[*]:-no sanitizer})"
