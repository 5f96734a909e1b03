// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** A request made ready: what of the profile it is about, by options and filters. */
package io.pprof4j.report.internal.request;
