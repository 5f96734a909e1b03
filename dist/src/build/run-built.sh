# Copyright The pprof4j Authors
# SPDX-License-Identifier: Apache-2.0
# Sourced by the launchers in bin/, with $root and $tool set: runs the tool, after building the
# distribution if it is missing.
. "$root/dist/src/build/build.sh"
build || exit 1
exec "$dist/bin/$tool" "$@"
