// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.flags;

import io.pprof4j.cli.internal.fetch.SourceRequest;
import io.pprof4j.report.CheckRules;
import io.pprof4j.report.ReportOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param sources where the profile comes from
 * @param command the report; null for the shell or the web UI
 * @param pattern the functions to report, for commands that take a pattern
 * @param options the settings of reports
 * @param check the rules of {@code -check}; null if it is not wanted
 * @param http address of the web UI; empty if it is not wanted
 * @param openBrowser whether the web UI opens a browser
 * @param engine what draws graphs
 * @param tools where to find programs that read binaries
 */
public record Invocation(
    SourceRequest sources,
    @Nullable Command command,
    String pattern,
    ReportOptions options,
    @Nullable CheckRules check,
    String http,
    boolean openBrowser,
    GraphEngine engine,
    String tools) {}
