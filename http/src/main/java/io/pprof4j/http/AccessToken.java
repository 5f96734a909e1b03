// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The secret that a client must know. It belongs into a file or the environment; on a command line
 * every user of the machine would see it. Only its hash is kept.
 */
public final class AccessToken {
  /** The environment variable that {@link #fromEnvironment} reads: {@value}. */
  public static final String VARIABLE = "PPROF4J_TOKEN";

  /** Shorter ones can be guessed. */
  private static final int MIN_LENGTH = 16;

  private final byte[] hash;

  private AccessToken(String secret) {
    hash = sha256(secret);
  }

  /**
   * A token.
   *
   * @throws IllegalArgumentException if it has fewer than 16 characters, or others than printable
   *     ASCII without space
   */
  public static AccessToken of(String secret) {
    if (secret.length() < MIN_LENGTH) {
      throw new IllegalArgumentException(
          "a token must have at least %d characters, not %d"
              .formatted(MIN_LENGTH, secret.length()));
    }
    if (!secret.chars().allMatch(unit -> unit > ' ' && unit < 0x7f)) {
      throw new IllegalArgumentException("a token must be printable ASCII without spaces");
    }
    return new AccessToken(secret);
  }

  /**
   * The token in a file, without white space around it.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException as {@link #of}
   */
  public static AccessToken read(Path file) throws IOException {
    return of(Files.readString(file, StandardCharsets.UTF_8).strip());
  }

  /**
   * The token in the environment variable {@value #VARIABLE}; empty if that is not set.
   *
   * @throws IllegalArgumentException as {@link #of}
   */
  public static Optional<AccessToken> fromEnvironment() {
    return Optional.ofNullable(System.getenv(VARIABLE)).map(secret -> of(secret.strip()));
  }

  /** Whether this is the secret; takes as long for every wrong one. */
  boolean is(String secret) {
    return MessageDigest.isEqual(hash, sha256(secret));
  }

  /** What a browser shows instead of the token afterwards; the token cannot be told from it. */
  String cookie() {
    return HexFormat.of().formatHex(sha256("cookie " + HexFormat.of().formatHex(hash)));
  }

  /** Whether this is the cookie's value. */
  boolean isCookie(String value) {
    return MessageDigest.isEqual(sha256(cookie()), sha256(value));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccessToken token && MessageDigest.isEqual(hash, token.hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(hash);
  }

  /** Does not tell the secret. */
  @Override
  public String toString() {
    return "AccessToken[***]";
  }
}
