// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What every part of the command needs of its surroundings: the console, programs, temporary files,
 * and errors as people read them.
 */
package io.pprof4j.cli.internal.system;
