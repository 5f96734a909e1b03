// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import io.pprof4j.cli.internal.http.GoUrl.Parameter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address of a profile on a server, completed.
 *
 * @param url the address that is fetched
 * @param timeout how long the fetch may take
 * @param token what the server asks for, which messages do not show; empty if nothing
 */
public record RemoteSource(GoUrl url, Duration timeout, String token) {
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /**
   * Understands what the user typed.
   *
   * @param seconds length of the profile to ask for; 0 or less leaves the address as it is
   * @param timeoutSeconds how long to wait; 0 or less for half as long again as the profile takes
   * @return null if it is no address of a server
   */
  public static @Nullable RemoteSource of(String source, long seconds, long timeoutSeconds) {
    GoUrl url = GoUrl.parse(source);
    if (url == null || (url.host().isEmpty() && hasOtherScheme(url))) {
      // "host:port/path": the host was taken for a scheme.
      url = GoUrl.parse("http://" + source);
    }
    if (url == null || url.host().isEmpty()) {
      return null;
    }
    List<Parameter> parameters = new ArrayList<>(url.parameters());
    long duration = seconds;
    if (seconds > 0) {
      parameters.removeIf(parameter -> parameter.key().equals("seconds"));
      parameters.add(new Parameter("seconds", Long.toString(seconds)));
    } else {
      duration = secondsOf(parameters, seconds);
    }
    return new RemoteSource(url.withParameters(parameters), timeout(duration, timeoutSeconds), "");
  }

  /** The same with a token. */
  public RemoteSource withToken(String newToken) {
    return new RemoteSource(url, timeout, newToken);
  }

  private static boolean hasOtherScheme(GoUrl url) {
    return !url.scheme().isEmpty() && !url.scheme().equals("file");
  }

  private static long secondsOf(List<Parameter> parameters, long otherwise) {
    for (Parameter parameter : parameters) {
      if (parameter.key().equals("seconds") && !parameter.value().isEmpty()) {
        try {
          return Integer.parseInt(parameter.value());
        } catch (NumberFormatException notANumber) {
          return otherwise; // The server will say what it thinks of it.
        }
      }
    }
    return otherwise;
  }

  private static Duration timeout(long seconds, long timeoutSeconds) {
    if (timeoutSeconds > 0) {
      return Duration.ofSeconds(timeoutSeconds);
    }
    return seconds > 0 ? Duration.ofMillis(seconds * 1500) : DEFAULT_TIMEOUT;
  }
}
