// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import static java.time.ZoneOffset.UTC;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts servers as the JDK does, refuses expired certificates besides, and says why in the words
 * of Go's crypto/x509.
 */
final class ServerTrust extends X509ExtendedTrustManager {
  /*
   * The JDK decides. It takes a certificate that is itself among the authorities whatever its dates
   * are, which Go does not. What the JDK says of a refusal is about its own search for a path; so
   * the usual reasons are looked for again, in the order of Go: dates, name, authority.
   */
  private final X509ExtendedTrustManager jdk;
  private final ZoneId zone;

  private ServerTrust(X509ExtendedTrustManager jdk, ZoneId zone) {
    this.jdk = jdk;
    this.zone = zone;
  }

  /**
   * Trust in some authorities.
   *
   * @param authorities certificates; null for those of the JDK
   * @param zone in which times are told
   */
  static ServerTrust in(@Nullable KeyStore authorities, ZoneId zone)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager jdk) {
        return new ServerTrust(jdk, zone);
      }
    }
    throw new GeneralSecurityException("the JDK has no trust manager for X.509");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    checkDates(chain[0]);
    try {
      // Without authorities the JDK finds fault with them, not with the certificate.
      if (jdk.getAcceptedIssuers().length == 0) {
        throw new CertificateException("no authorities");
      }
      jdk.checkServerTrusted(chain, type, socket);
    } catch (CertificateException refused) {
      String host = socket instanceof SSLSocket tls ? tls.getHandshakeSession().getPeerHost() : "";
      throw new CertificateException(reason(chain[0], String.valueOf(host)), refused);
    }
  }

  private void checkDates(X509Certificate certificate) throws CertificateException {
    Instant now = Instant.now();
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isBefore(from) || now.isAfter(until)) {
      boolean early = now.isBefore(from);
      throw new CertificateException(
          "x509: certificate has expired or is not yet valid: current time "
              + text(now, zone)
              + (early ? " is before " + text(from, UTC) : " is after " + text(until, UTC)));
    }
  }

  private static String text(Instant time, ZoneId zone) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
        time.truncatedTo(ChronoUnit.SECONDS).atZone(zone).toOffsetDateTime());
  }

  private static String reason(X509Certificate certificate, String host)
      throws CertificateException {
    CertificateNames names = CertificateNames.of(certificate);
    return names.match(host)
        ? "x509: certificate signed by unknown authority"
        : names.mismatch(host);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    checkDates(chain[0]);
    jdk.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    checkDates(chain[0]);
    jdk.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    jdk.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
