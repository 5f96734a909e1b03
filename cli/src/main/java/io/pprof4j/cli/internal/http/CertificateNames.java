// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The subject alternative names of a certificate (RFC 5280, 4.2.1.6), to say of a certificate that
 * was refused whether its names were to blame. Nothing is trusted because of them.
 *
 * @param dns host names; the first label may be {@code *}
 * @param addresses IP addresses
 * @param extension whether it has any alternative names
 * @param commonName the name of its subject, which was once a host name
 */
record CertificateNames(
    List<String> dns, List<String> addresses, boolean extension, String commonName) {
  private static final int DNS = 2;
  private static final int ADDRESS = 7;
  private static final Pattern IPV4 = Pattern.compile("[0-9]+(\\.[0-9]+){3}");
  private static final Pattern COMMON_NAME = Pattern.compile("(?:^|,)CN=([^,]*)");

  /** The most names that a message lists. */
  private static final int LISTED = 100;

  /** The names of a certificate. */
  static CertificateNames of(X509Certificate certificate) throws CertificateParsingException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    List<String> dns = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (List<?> name : names == null ? List.<List<?>>of() : names) {
      if (Integer.valueOf(DNS).equals(name.get(0))) {
        dns.add(String.valueOf(name.get(1)));
      } else if (Integer.valueOf(ADDRESS).equals(name.get(0))) {
        addresses.add(String.valueOf(name.get(1)));
      }
    }
    java.util.regex.Matcher subject =
        COMMON_NAME.matcher(certificate.getSubjectX500Principal().getName());
    return new CertificateNames(
        dns, addresses, names != null, subject.find() ? subject.group(1) : "");
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
  }

  /** Whether the certificate is for a host. */
  boolean match(String host) {
    return isAddress(host)
        ? addresses.contains(host)
        : dns.stream().anyMatch(name -> match(name, host));
  }

  private static boolean match(String pattern, String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String wanted = pattern.toLowerCase(Locale.ROOT);
    int dot = name.indexOf('.');
    return wanted.equals(name)
        || (wanted.startsWith("*.") && dot > 0 && wanted.substring(1).equals(name.substring(dot)));
  }

  /** What Go's crypto/x509 says of a certificate that is not for a host. */
  String mismatch(String host) {
    boolean address = isAddress(host);
    if (!extension && !address && match(commonName, host)) {
      return "x509: certificate relies on legacy Common Name field, use SANs instead";
    }
    List<String> names = address ? addresses : dns;
    if (names.isEmpty()) {
      return address
          ? "x509: cannot validate certificate for "
              + host
              + " because it doesn't contain any IP SANs"
          : "x509: certificate is not valid for any names, but wanted to match " + host;
    }
    if (names.size() >= LISTED) {
      String kind = address ? " IP SANs" : " names";
      return "x509: certificate is valid for " + names.size() + kind + ", but none matched " + host;
    }
    return "x509: certificate is valid for " + String.join(", ", names) + ", not " + host;
  }
}
