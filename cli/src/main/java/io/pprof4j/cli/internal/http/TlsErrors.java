// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why an encrypted connection failed, in the words of Go's crypto/tls. */
final class TlsErrors {
  /** What answers is no TLS. */
  static final String NO_HANDSHAKE = "tls: first record does not look like a TLS handshake";

  private static final Pattern ALERT =
      Pattern.compile("Received fatal alert: ([a-z_]+)", Pattern.CASE_INSENSITIVE);

  /** Alerts (RFC 8446, 6) that Go calls something else than their names with blanks. */
  private static final Map<String, String> ALERTS =
      Map.of(
          "bad_record_mac", "bad record MAC",
          "certificate_revoked", "revoked certificate",
          "certificate_expired", "expired certificate",
          "certificate_unknown", "unknown certificate",
          "unknown_ca", "unknown certificate authority",
          "decode_error", "error decoding message",
          "decrypt_error", "error decrypting message",
          "protocol_version", "protocol version not supported",
          "insufficient_security", "insufficient security level");

  private TlsErrors() {}

  /** The reason of a failure. */
  static String describe(IOException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException refused) {
        return "tls: failed to verify certificate: " + refused.getMessage();
      }
    }
    String message = String.valueOf(error.getMessage());
    Matcher alert = ALERT.matcher(message);
    if (alert.find()) {
      String name = alert.group(1);
      return "remote error: tls: " + ALERTS.getOrDefault(name, name.replace('_', ' '));
    }
    if (message.contains("Unsupported or unrecognized SSL message")) {
      return NO_HANDSHAKE;
    }
    return message;
  }
}
