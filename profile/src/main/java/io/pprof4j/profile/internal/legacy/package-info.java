// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Reads the formats that profiles had before profile.proto. */
package io.pprof4j.profile.internal.legacy;
