// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;

/** Reads certificates and keys in PEM form (RFC 7468). */
final class PemFiles {
  private PemFiles() {}

  /** A key store that trusts all certificates of a file. */
  static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(file)) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    if (number == 0) {
      throw new IOException(file + ": no certificates found");
    }
    return store;
  }

  /** A key store with a certificate chain and its private key. */
  static KeyStore identity(Path certificate, Optional<Path> key)
      throws IOException, GeneralSecurityException {
    Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
    if (chain.length == 0) {
      throw new IOException(certificate + ": no certificates found");
    }
    Path keyFile = key.orElse(certificate);
    PrivateKey privateKey = privateKey(keyFile, chain[0].getPublicKey().getAlgorithm());
    KeyStore store = emptyStore();
    store.setKeyEntry("client", privateKey, new char[0], chain);
    return store;
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    StringBuilder blocks = new StringBuilder();
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String begin = "-----BEGIN CERTIFICATE-----";
    String end = "-----END CERTIFICATE-----";
    for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
      int stop = text.indexOf(end, at);
      if (stop < 0) {
        throw new IOException(file + ": a certificate has no end");
      }
      blocks.append(text, at, stop + end.length()).append('\n');
    }
    byte[] bytes = blocks.toString().getBytes(StandardCharsets.ISO_8859_1);
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(bytes));
  }

  private static PrivateKey privateKey(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    byte[] der = block(text, "PRIVATE KEY");
    if (der.length == 0 && algorithm.equals("RSA")) {
      der = pkcs8(block(text, "RSA PRIVATE KEY"));
    }
    if (der.length == 0) {
      throw new IOException(
          file
              + ": no private key in PKCS#8 form (\"BEGIN PRIVATE KEY\"); convert it by"
              + " openssl pkcs8 -topk8 -nodes");
    }
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static byte[] block(String text, String label) throws IOException {
    String begin = "-----BEGIN " + label + "-----";
    int start = text.indexOf(begin);
    int end = text.indexOf("-----END " + label + "-----");
    if (start < 0 || end < start) {
      return new byte[0];
    }
    try {
      return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
    } catch (IllegalArgumentException e) {
      throw new IOException("a private key is not in Base64", e);
    }
  }

  /** Wraps an RSA key of PKCS#1 into PKCS#8 (RFC 5208): version, algorithm, octets. */
  private static byte[] pkcs8(byte[] rsa) {
    if (rsa.length == 0) {
      return rsa;
    }
    byte[] versionAndAlgorithm = {
      2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
    };
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes(versionAndAlgorithm);
    content.writeBytes(derValue(4, rsa));
    return derValue(0x30, content.toByteArray());
  }

  private static byte[] derValue(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int bytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
      out.write(0x80 | bytes);
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        out.write(content.length >>> shift);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
