// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.fetch;

import io.pprof4j.cli.internal.http.TlsFiles;
import java.util.List;

/**
 * Which profiles to fetch, and how to prepare them.
 *
 * @param sources files and URLs that are added up
 * @param bases files and URLs that are subtracted; may be empty
 * @param comparison what the bases are for
 * @param normalize whether the profile is scaled to the total of its base
 * @param binary the binary that the user named; empty if none
 * @param buildId identifies the build of the main binary; empty if the user does not say
 * @param seconds length of the profile that servers are asked for; 0 or less for their own choice
 * @param timeoutSeconds how long a fetch may take; 0 or less for a time that suits it
 * @param symbolize where symbols come from, as {@code -symbolize} has it
 * @param comment is added to the profile; may be empty
 * @param allFrames whether the profile's own expressions of frames to drop are ignored
 * @param times whether samples of recordings are labelled with their time
 * @param stacks whether stacks are needed; if not, files that hold profiles are read without them
 * @param tls certificates for fetching
 */
public record SourceRequest(
    List<String> sources,
    List<String> bases,
    Comparison comparison,
    boolean normalize,
    String binary,
    String buildId,
    long seconds,
    long timeoutSeconds,
    String symbolize,
    String comment,
    boolean allFrames,
    boolean times,
    boolean stacks,
    TlsFiles tls) {

  /** What bases are for. */
  public enum Comparison {
    /** Percentages are of the difference. */
    SUBTRACT,
    /** Percentages are of the base. */
    DIFF
  }
}
