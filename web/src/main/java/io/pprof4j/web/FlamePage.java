// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.web;

import io.pprof4j.report.FlameData;
import io.pprof4j.report.FlameJson;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/**
 * A flame graph as one HTML file, which opens from a disk: scripts and styles are inside, nothing
 * is fetched, and all that the server's page can do with the graph works.
 *
 * <p>The data is compressed and in Base64, so it is small and holds nothing that HTML could
 * misread. The page's policy allows the scripts and styles in it by their hashes and nothing else.
 */
public final class FlamePage {
  private FlamePage() {}

  /**
   * Writes the page; the stream stays open.
   *
   * @throws IOException if the stream fails
   */
  public static void write(FlameData data, OutputStream out) throws IOException {
    String theme = file("theme.js");
    String script = ScriptBundle.of("flame-page.js", FlamePage::file);
    String style = file("flame.css") + file("flame-page.css");
    String head =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="%s">
        <title>%s</title>
        <script>%s</script>
        <style>%s</style>
        </head>
        <body>
        <header id="about"></header>
        <main id="flame"><noscript>The flame graph is drawn by a script.</noscript></main>
        <script type="application/octet-stream" id="data">"""
            .formatted(policy(theme, script, style), title(data), theme, style);
    out.write(head.getBytes(StandardCharsets.UTF_8));
    writeData(data, out);
    String foot = "</script>\n<script type=\"module\">" + script + "</script>\n</body>\n</html>\n";
    out.write(foot.getBytes(StandardCharsets.UTF_8));
  }

  private static String title(FlameData data) {
    String title = data.header().title();
    return Markup.escape(
            (title.isEmpty() ? "" : title + " ") + data.header().type() + " · flame graph")
        .replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD");
  }

  private static String policy(String theme, String script, String style) {
    return "default-src 'none'; script-src %s %s; style-src %s; img-src data: blob:; base-uri 'none'; form-action 'none'"
        .formatted(hash(theme), hash(script), hash(style));
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static void writeData(FlameData data, OutputStream out) throws IOException {
    OutputStream kept = new KeptOpen(out);
    try (OutputStream encoded = Base64.getEncoder().wrap(kept);
        OutputStream compressed = new GZIPOutputStream(encoded, 1 << 15)) {
      FlameJson.write(data, compressed);
    }
  }

  /** Ends what is written to it without closing what it writes to. */
  private static final class KeptOpen extends FilterOutputStream {
    KeptOpen(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private static String file(String name) {
    try (InputStream in = FlamePage.class.getResourceAsStream("ui/" + name)) {
      if (in == null) {
        throw new IllegalStateException("ui/" + name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
