// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.conformance;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to the original's web UI, and what it answered.
 *
 * @param id its name
 * @param arguments what the tool was started with
 * @param request method and target
 * @param status the status code
 * @param headers name and value of the headers of interest
 * @param title the page's title; null if it is no page
 * @param body the content, if it is a message
 * @param top file with the rows of the table
 * @param strippedHtml file with the page's own content
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record WebExchange(
    String id,
    @JsonProperty("ui_args") List<String> arguments,
    String request,
    int status,
    List<List<String>> headers,
    @Nullable String title,
    @Nullable String body,
    @Nullable String top,
    @JsonProperty("stripped_html") @Nullable String strippedHtml) {

  String method() {
    return request.substring(0, request.indexOf(' '));
  }

  String target() {
    return request.substring(request.indexOf(' ') + 1);
  }

  /** Whether it changes the settings file, which we do not let every method do. */
  boolean changesSettings() {
    return target().contains("config");
  }

  String location() {
    return headers.stream()
        .filter(header -> header.get(0).equals("Location"))
        .map(header -> header.get(1))
        .findFirst()
        .orElse("");
  }

  @Override
  public String toString() {
    return id + " " + request;
  }
}
