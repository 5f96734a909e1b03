// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.cli.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** Reads certificates and keys in PEM format (RFC 7468), which Java has no ready reader for. */
final class PemFiles {
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /** AlgorithmIdentifier of rsaEncryption with its version before it, for RFC 5208. */
  private static final byte[] RSA_HEAD = {
    2, 1, 0, 0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 13, 1, 1, 1, 5, 0
  };

  private static final String BEGIN_CERTIFICATE = "-----BEGIN CERTIFICATE-----";

  private PemFiles() {}

  /** The certificates of a file, as authorities; none if there is none in it. */
  static KeyStore authorities(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    int count = 0;
    if (Files.readString(file, ISO_8859_1).contains(BEGIN_CERTIFICATE)) {
      for (Certificate certificate : certificates(file)) {
        store.setCertificateEntry("ca" + count++, certificate);
      }
    }
    return store;
  }

  /**
   * The client's own certificate chain with its key.
   *
   * @throws GeneralSecurityException if they cannot be read or do not belong together; in the words
   *     of Go's crypto/tls
   */
  static KeyManager[] identity(Path certificate, Path key)
      throws IOException, GeneralSecurityException {
    if (!Files.readString(certificate, ISO_8859_1).contains(BEGIN_CERTIFICATE)) {
      throw new GeneralSecurityException("tls: failed to find any PEM data in certificate input");
    }
    Certificate[] chain = certificates(certificate).toArray(Certificate[]::new);
    PrivateKey privateKey = privateKey(key);
    checkPair(chain[0].getPublicKey(), privateKey);
    KeyStore store = emptyStore();
    char[] noPassword = new char[0];
    store.setKeyEntry("client", privateKey, noPassword, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, noPassword);
    return factory.getKeyManagers();
  }

  /** Signs something with one key and verifies it with the other. */
  private static void checkPair(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    if (!publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
      throw new GeneralSecurityException("tls: private key type does not match public key type");
    }
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> privateKey.getAlgorithm();
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(privateKey);
    signature.update(RSA_HEAD);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(RSA_HEAD);
    if (!verifies(signature, signed)) {
      throw new GeneralSecurityException("tls: private key does not match public key");
    }
  }

  private static boolean verifies(Signature signature, byte[] signed) {
    try {
      return signature.verify(signed);
    } catch (SignatureException otherCurveOrLength) {
      return false;
    }
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
    String text = Files.readString(file);
    int begin = text.indexOf("-----BEGIN ");
    while (begin >= 0) {
      int label = text.indexOf("-----", begin + 11);
      int end = label < 0 ? -1 : text.indexOf("-----END ", label);
      if (end < 0) {
        break;
      }
      String kind = text.substring(begin + 11, label);
      if (kind.endsWith("PRIVATE KEY")) {
        byte[] der = Base64.getMimeDecoder().decode(text.substring(label + 5, end));
        return decode(kind.startsWith("RSA") ? wrappedRsa(der) : der);
      }
      begin = text.indexOf("-----BEGIN ", end);
    }
    throw new GeneralSecurityException("tls: failed to find any PEM data in key input");
  }

  private static PrivateKey decode(byte[] der) throws GeneralSecurityException {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException otherAlgorithm) {
        // The next algorithm may fit.
      }
    }
    throw new GeneralSecurityException("tls: failed to parse private key");
  }

  /** Puts a bare RSA key (RFC 8017) into the envelope that names its algorithm (RFC 5208). */
  private static byte[] wrappedRsa(byte[] key) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(RSA_HEAD);
    writeTag(body, 4, key.length);
    body.write(key);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    writeTag(whole, 0x30, body.size());
    body.writeTo(whole);
    return whole.toByteArray();
  }

  /** A DER tag with its length (X.690). */
  private static void writeTag(ByteArrayOutputStream out, int tag, int length) {
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
  }
}
