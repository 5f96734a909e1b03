// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** Reads profiles that are text: collapsed stacks and speedscope files. */
package io.pprof4j.profile.internal.text;
