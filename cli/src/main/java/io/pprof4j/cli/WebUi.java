// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli;

import io.pprof4j.cli.internal.flags.Invocation;
import io.pprof4j.cli.internal.output.Viewers;
import io.pprof4j.cli.internal.system.CliException;
import io.pprof4j.cli.internal.system.Console;
import io.pprof4j.profile.Profile;
import io.pprof4j.report.ReportContext;
import io.pprof4j.web.WebServer;
import io.pprof4j.web.WebSession;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;

/** Serves the web UI until the command is interrupted. */
final class WebUi {
  private final CliEnvironment environment;
  private final Console console;
  private final Viewers viewers;

  WebUi(CliEnvironment environment, Console console, Viewers viewers) {
    this.environment = environment;
    this.console = console;
    this.viewers = viewers;
  }

  /**
   * Serves a profile at the address of the command line.
   *
   * @throws CliException if it cannot be listened there
   */
  void run(Profile profile, Invocation invocation, ReportContext context) throws CliException {
    WebAddress address = WebAddress.parse(invocation.http());
    WebSession session = new WebSession(profile, invocation.options(), context, settingsFile());
    try (WebServer server = start(session, address)) {
      console.print("Serving web UI on " + server.url());
      if (!server.isLocal()) {
        console.print("Other machines need this address: " + server.openingUrl());
      }
      if (invocation.openBrowser()) {
        openBrowser(server);
      }
      server.awaitClose();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private WebServer start(WebSession session, WebAddress address) throws CliException {
    try {
      address.check();
      return WebServer.start(session, address.host(), address.port());
    } catch (CliException badPort) {
      console.print("Serving web UI on http://" + address);
      throw badPort;
    } catch (BindException inUse) {
      console.print("Serving web UI on http://" + address);
      throw new CliException("listen tcp " + address + ": bind: " + reason(inUse));
    } catch (IOException unreachable) {
      console.print("Serving web UI on http://" + address);
      throw new CliException("listen tcp " + address + ": " + unreachable.getMessage());
    }
  }

  /** The system's words, as Go passes them on. */
  private static String reason(BindException refused) {
    String message = String.valueOf(refused.getMessage());
    return message.startsWith("Address already in use")
        ? "address already in use"
        : message.startsWith("Permission denied") ? "permission denied" : message;
  }

  /** Where google/pprof keeps its settings, so that both see the same ones. */
  private Path settingsFile() {
    String configured = environment.variable("XDG_CONFIG_HOME");
    Path directory =
        configured.isEmpty()
            ? environment.resolve(environment.variable("HOME")).resolve(".config")
            : environment.resolve(configured);
    return directory.resolve("pprof").resolve("settings.json");
  }

  private void openBrowser(WebServer server) {
    try {
      viewers.browse(server.openingUrl().toString());
    } catch (CliException noBrowser) {
      console.print(server.openingUrl().toString());
    }
  }
}
