// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reads and writes gzip: long profiles by inflating and deflating of our own (decisions 0019 and
 * 0024), short ones by the JDK's zlib.
 */
package io.pprof4j.profile.internal.gzip;
