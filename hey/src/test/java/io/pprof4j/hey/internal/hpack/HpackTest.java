// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.hpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpackTest {
  private static List<String> decode(HpackDecoder decoder, String hex) throws IOException {
    byte[] block = HexFormat.of().parseHex(hex.replace(" ", ""));
    List<String> fields = new ArrayList<>();
    decoder.decode(block, 0, block.length, (name, value) -> fields.add(name + ": " + value));
    return fields;
  }

  @Test
  void decodesTheRequestsOfTheStandard() throws IOException {
    // RFC 7541, C.4.1 to C.4.3: Huffman codes and a table that grows.
    HpackDecoder decoder = new HpackDecoder();

    assertThat(decode(decoder, "8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))
        .containsExactly(
            ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
    assertThat(decode(decoder, "8286 84be 5886 a8eb 1064 9cbf"))
        .containsExactly(
            ":method: GET",
            ":scheme: http",
            ":path: /",
            ":authority: www.example.com",
            "cache-control: no-cache");
    assertThat(decode(decoder, "8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
        .containsExactly(
            ":method: GET",
            ":scheme: https",
            ":path: /index.html",
            ":authority: www.example.com",
            "custom-key: custom-value");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "ff ff ff ff ff 7f",
        "be",
        "40 0a 61",
        "40 01 61 7f ff ff ff ff 0f",
        "3f e2 1f",
        "82 20",
        "00 81 00 00"
      })
  void refusesMalformedBlocks(String hex) {
    assertThatThrownBy(() -> decode(new HpackDecoder(), hex)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void survivesRandomBlocks(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      byte[] block = new byte[random.nextInt(40)];
      random.nextBytes(block);
      try {
        new HpackDecoder().decode(block, 0, block.length, (name, value) -> {});
      } catch (IOException refused) {
        assertThat(refused).isNotNull();
      }
    }
  }

  @Test
  void repeatedFieldsBecomeIndexes() throws IOException {
    HpackEncoder encoder = new HpackEncoder();
    HpackDecoder decoder = new HpackDecoder();
    List<String> fields =
        List.of(":method", "GET", ":authority", "h:1", "x-long", "v".repeat(300), "accept", "");

    byte[] first = encoder.encode(fields);
    byte[] second = encoder.encode(fields);

    assertThat(second.length).isLessThan(10).isLessThan(first.length);
    for (byte[] block : List.of(first, second)) {
      List<String> decoded = new ArrayList<>();
      decoder.decode(block, 0, block.length, (name, value) -> decoded.addAll(List.of(name, value)));
      assertThat(decoded).isEqualTo(fields);
    }
  }

  @Test
  void obeysASmallerTable() throws IOException {
    HpackEncoder encoder = new HpackEncoder();
    HpackDecoder decoder = new HpackDecoder();
    List<String> fields = List.of("x-a", "1", "x-b", "2");
    List<String> decoded = new ArrayList<>();
    HpackDecoder.FieldConsumer take = (name, value) -> decoded.addAll(List.of(name, value));
    byte[] before = encoder.encode(fields);
    decoder.decode(before, 0, before.length, take);

    encoder.maxTableBytes(0);
    for (int i = 0; i < 2; i++) {
      byte[] block = encoder.encode(fields);
      decoded.clear();
      decoder.decode(block, 0, block.length, take);
      assertThat(decoded).isEqualTo(fields);
    }
  }
}
