# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
# Sourced by the launchers in bin/, with $root and $tool set: runs the tool, after building the
# distribution if it is missing. All that is said while building goes to stderr.
dist=$root/dist/target/pprof4j

build() {
  command -v mvn >/dev/null || {
    echo "$tool: the distribution is not built and mvn (Maven 3.8 or newer) is not on the PATH" >&2
    return 1
  }
  echo "$tool: building the distribution first, this takes a minute or two: mvn package" >&2
  # The tool's input is not Maven's; without colours, which Maven writes even when it has nothing to say.
  (cd "$root" && mvn -q -B -ntp -Dstyle.color=never -Dmaven.test.skip=true package -pl dist -am) </dev/null >&2 || {
    echo "$tool: the build failed; see above, or run: mvn package" >&2
    return 1
  }
}

[ -x "$dist/bin/$tool" ] || build || exit 1
exec "$dist/bin/$tool" "$@"
