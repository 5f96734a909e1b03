// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0

/** What the parts of this module share and nobody else needs. */
package io.pprof4j.profile.internal;
