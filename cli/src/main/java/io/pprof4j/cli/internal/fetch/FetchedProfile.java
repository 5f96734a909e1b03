// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.internal.symbolize.MappingSources;
import io.pprof4j.profile.Profile;

/**
 * A profile, and where it came from.
 *
 * @param profile the profile
 * @param sources the servers that know its symbols; empty if it was a file
 * @param remote whether it came over the network
 */
record FetchedProfile(Profile profile, MappingSources sources, boolean remote) {}
