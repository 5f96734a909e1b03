// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import static java.util.Objects.requireNonNull;

import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportContext;
import io.pprof4j.report.ReportOptions;
import java.nio.file.Path;

/**
 * What the pages show. It is decoded once and shared by all requests.
 *
 * @param profile the profile
 * @param options the settings that every request starts from: those of the command line
 * @param context gives sources and instructions; its {@code warnings} takes what is also to be said
 *     on the terminal
 * @param settings the file that keeps saved settings; it need not exist
 */
public record WebSession(
    Profile profile, ReportOptions options, ReportContext context, Path settings) {
  /** Rejects null parts. */
  public WebSession {
    requireNonNull(profile, "profile");
    requireNonNull(options, "options");
    requireNonNull(context, "context");
    requireNonNull(settings, "settings");
  }
}
