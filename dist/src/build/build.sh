# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
# Sourced with $root, the source tree, and $tool, who asks: sets $dist, the distribution, and defines
# build, which makes it if it is missing. All that is said while building goes to stderr.
dist=$root/dist/target/pprof4j

build() {
  [ ! -x "$dist/bin/pprof" ] || return 0
  command -v mvn >/dev/null || {
    echo "$tool: the distribution is not built and mvn (Maven 3.8 or newer) is not on the PATH" >&2
    return 1
  }
  echo "$tool: building the distribution first, this takes a minute or two: mvn package" >&2
  # The tool's input is not Maven's. What Maven says matters where it fails: else it is the sequence
  # that resets a terminal's colours, which it prints even when told to use none.
  said=$(cd "$root" && mvn -q -B -ntp -Dmaven.test.skip=true package -pl dist -am </dev/null 2>&1) || {
    echo "$said" >&2
    echo "$tool: the build failed; see above, or run: mvn package" >&2
    return 1
  }
}
