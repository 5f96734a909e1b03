// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Asks a SOCKS proxy, version 5, to connect (RFC 1928), with user and password if the proxy's URL
 * has them (RFC 1929). The proxy looks the name up.
 */
final class Socks5 implements ProxyHandshake {
  private static final byte[] NOTHING = {};
  private static final int VERSION = 5;
  private static final int NO_AUTHENTICATION = 0;
  private static final int PASSWORD = 2;
  private static final int CONNECT_COMMAND = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int MAX_TEXT = 255;

  /** The reasons of RFC 1928, section 6, by number from 1 on. */
  private static final List<String> REFUSALS =
      List.of(
          "general SOCKS server failure",
          "connection not allowed by ruleset",
          "network unreachable",
          "host unreachable",
          "connection refused",
          "TTL expired",
          "command not supported",
          "address type not supported");

  private enum Step {
    METHOD,
    CREDENTIALS,
    CONNECT,
    DONE
  }

  private final String userInfo;
  private final Origin origin;
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private Step step = Step.METHOD;

  /**
   * Prepares the request.
   *
   * @param userInfo user and password with a colon between them; empty for none
   * @throws IOException if a text is longer than SOCKS can say
   */
  Socks5(String userInfo, Origin origin) throws IOException {
    this.userInfo = userInfo;
    this.origin = origin;
    if (origin.host().length() > MAX_TEXT || userInfo.length() > MAX_TEXT) {
      throw new IOException("socks connect: host or credentials longer than 255 bytes");
    }
  }

  @Override
  public byte[] opening() {
    return userInfo.isEmpty()
        ? new byte[] {VERSION, 1, NO_AUTHENTICATION}
        : new byte[] {VERSION, 2, NO_AUTHENTICATION, PASSWORD};
  }

  @Override
  public byte[] received(byte[] bytes, int offset, int length) throws IOException {
    answer.write(bytes, offset, length);
    byte[] all = answer.toByteArray();
    return switch (step) {
      case METHOD -> all.length < 2 ? NOTHING : methodChosen(all);
      case CREDENTIALS -> all.length < 2 ? NOTHING : credentialsJudged(all);
      case CONNECT -> connectAnswered(all);
      case DONE -> throw new IOException("socks connect: the server spoke first");
    };
  }

  private byte[] methodChosen(byte[] all) throws IOException {
    if (all[0] != VERSION) {
      throw new IOException("socks connect: unexpected protocol version " + (all[0] & 0xff));
    }
    if (all[1] == PASSWORD && !userInfo.isEmpty()) {
      next(Step.CREDENTIALS);
      return credentials();
    }
    if (all[1] != NO_AUTHENTICATION) {
      throw new IOException("socks connect: no acceptable authentication methods");
    }
    return connect();
  }

  private byte[] credentials() {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(1);
    text(out, user);
    text(out, colon < 0 ? "" : userInfo.substring(colon + 1));
    return out.toByteArray();
  }

  private byte[] credentialsJudged(byte[] all) throws IOException {
    if (all[1] != 0) {
      throw new IOException("socks connect: username/password authentication failed");
    }
    return connect();
  }

  private byte[] connect() throws IOException {
    next(Step.CONNECT);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {VERSION, CONNECT_COMMAND, 0});
    if (origin.isAddress()) {
      // Of an address in digits nothing is looked up.
      byte[] address = InetAddress.getByName(origin.host()).getAddress();
      out.write(address.length == 4 ? IPV4 : IPV6);
      out.writeBytes(address);
    } else {
      out.write(NAME);
      text(out, origin.host());
    }
    out.write(origin.port() >> 8);
    out.write(origin.port());
    return out.toByteArray();
  }

  private byte[] connectAnswered(byte[] all) throws IOException {
    if (all.length >= 2 && all[1] != 0) {
      int reason = all[1] & 0xff;
      throw new IOException(
          "socks connect: "
              + (reason <= REFUSALS.size() ? REFUSALS.get(reason - 1) : "code " + reason));
    }
    if (all.length >= 5 && all.length >= answerLength(all)) {
      next(Step.DONE);
    }
    return NOTHING;
  }

  /** Version, reply, reserved, kind of address, the address, two bytes of port. */
  private static int answerLength(byte[] all) throws IOException {
    return switch (all[3]) {
      case IPV4 -> 6 + 4;
      case NAME -> 6 + 1 + (all[4] & 0xff);
      case IPV6 -> 6 + 16;
      default -> throw new IOException("socks connect: unknown address type " + (all[3] & 0xff));
    };
  }

  private void next(Step following) {
    step = following;
    answer.reset();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  @Override
  public boolean isDone() {
    return step == Step.DONE;
  }
}
