// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.gzip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pprof4j.profile.ProfileFormatException;
import io.pprof4j.profile.RandomProfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JDK's deflater and inflater are the oracle. How many corrupt inputs are tried is as for
 * {@link FuzzTest}.
 */
class BlockInflaterTest {
  private final int inputs = Integer.getInteger("fuzz.inputs", 10_000);
  private final long seed = Long.getLong("fuzz.seed", 1);

  private static byte[] inflate(byte[] deflated, int slice) throws IOException {
    return inflate(new CompressedInput(new ByteArrayInputStream(deflated)), slice);
  }

  private static byte[] inflate(CompressedInput input, int slice) throws IOException {
    BlockInflater inflater = new BlockInflater(input);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] target = new byte[slice + 2];
    for (int count = inflater.inflate(target, 1, slice);
        count >= 0;
        count = inflater.inflate(target, 1, slice)) {
      all.write(target, 1, count);
    }
    return all.toByteArray();
  }

  private static byte[] deflate(byte[] content, int level, int strategy) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(content);
    deflater.finish();
    return drain(deflater);
  }

  private static byte[] drain(Deflater deflater) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] target = new byte[1 << 16];
    while (!deflater.finished()) {
      all.write(target, 0, deflater.deflate(target));
    }
    deflater.end();
    return all.toByteArray();
  }

  /** What the JDK makes of it; empty if it is corrupt or ends too early. */
  private static Optional<byte[]> inflateByTheJdk(byte[] deflated) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(deflated);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] target = new byte[1 << 16];
      while (!inflater.finished()) {
        int count = inflater.inflate(target);
        if (count == 0 && inflater.needsInput()) {
          return Optional.empty();
        }
        all.write(target, 0, count);
      }
      return Optional.of(all.toByteArray());
    } catch (DataFormatException corrupt) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  private static Optional<byte[]> inflateOrReject(byte[] deflated) throws IOException {
    try {
      return Optional.of(inflate(deflated, 1 << 16));
    } catch (ProfileFormatException rejected) {
      return Optional.empty();
    }
  }

  private static byte[] noise(int length) {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    return noise;
  }

  private static byte[] text(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      int word = random.nextInt(400);
      text.append("com/acme/Type").append(word * word).append("::method\n");
    }
    return text.substring(0, length).getBytes(StandardCharsets.UTF_8);
  }

  /** Stretches that occur again after as many bytes as {@code period}. */
  private static byte[] periodic(int length, int period) {
    byte[] content = noise(length);
    for (int at = period; at < length; at++) {
      content[at] = at % 700 < 3 ? content[at] : content[at - period];
    }
    return content;
  }

  /** Few values, most of them rare, so that codes are up to 15 bits long. */
  private static byte[] skewed(int length) {
    Random random = new Random(length);
    byte[] content = new byte[length];
    for (int at = 0; at < length; at++) {
      content[at] = (byte) Long.numberOfTrailingZeros(random.nextLong() | 1L << 40);
    }
    return content;
  }

  private static byte[] profile() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RandomProfile(new Random(5)).build().writeUncompressedTo(out);
    return out.toByteArray();
  }

  static Stream<byte[]> contents() throws IOException {
    Stream<byte[]> some =
        Stream.of(
            new byte[0],
            new byte[] {7},
            new byte[1_000_000],
            noise(300_000),
            text(20),
            text(2_000_000),
            skewed(1_500_000),
            profile());
    Stream<byte[]> periods =
        Stream.of(1, 2, 3, 5, 7, 8, 9, 255, 32_767, 32_768).map(p -> periodic(700_000, p));
    return Stream.concat(some, periods);
  }

  @ParameterizedTest
  @MethodSource("contents")
  void readsWhatTheJdkWrites(byte[] content) throws IOException {
    for (int level : new int[] {0, 1, 6, 9}) {
      for (int strategy :
          new int[] {Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY}) {
        byte[] deflated = deflate(content, level, strategy);

        assertThat(inflate(deflated, 1 << 18))
            .as("level %d, strategy %d", level, strategy)
            .isEqualTo(content);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("contents")
  void readsItInSlicesOfAnySize(byte[] content) throws IOException {
    byte[] deflated = deflate(content, 6, Deflater.DEFAULT_STRATEGY);

    for (int slice : new int[] {1000, 4097, 1 << 20}) {
      assertThat(inflate(deflated, slice)).as("slices of %d", slice).isEqualTo(content);
    }
  }

  @Test
  void readsBlocksOfAllKindsInOneStream() throws IOException {
    byte[] content = text(400_000);
    Deflater deflater = new Deflater(9, true);
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    byte[] target = new byte[1 << 20];
    int from = 0;
    for (int part = 1; from + part < content.length; part = part * 2 + 1) {
      deflater.setInput(content, from, part);
      deflated.write(target, 0, deflater.deflate(target, 0, target.length, Deflater.SYNC_FLUSH));
      deflater.setLevel(part % 3 == 0 ? 0 : part % 5);
      // A change of level takes effect with a call that has nothing else to do.
      deflated.write(target, 0, deflater.deflate(target, 0, target.length, Deflater.SYNC_FLUSH));
      from += part;
    }
    deflater.setInput(content, from, content.length - from);
    deflater.finish();
    deflated.writeBytes(drain(deflater));

    assertThat(inflateByTheJdk(deflated.toByteArray())).hasValue(content);
    assertThat(inflate(deflated.toByteArray(), 777)).isEqualTo(content);
  }

  @Test
  void readsWhatOurDeflaterWrites() throws IOException {
    byte[] content = text(9_000_000);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BlockGzip gzip = new BlockGzip(out, 6, 0)) {
      gzip.write(content, 0, content.length);
      gzip.finish();
    }
    byte[] gzip = out.toByteArray();

    assertThat(inflate(Arrays.copyOfRange(gzip, 10, gzip.length), 1 << 18)).isEqualTo(content);
  }

  @Test
  void leavesTheInputBehindTheEnd() throws IOException {
    for (int length = 0; length < 200; length++) {
      byte[] deflated = deflate(text(length * 20), length % 10, Deflater.DEFAULT_STRATEGY);
      byte[] followed = Arrays.copyOf(deflated, deflated.length + length);
      Arrays.fill(followed, deflated.length, followed.length, (byte) 0xA5);
      CompressedInput input = new CompressedInput(new ByteArrayInputStream(followed));

      assertThat(inflate(input, 1000)).isEqualTo(text(length * 20));

      assertThat(input.position()).isEqualTo(deflated.length);
    }
  }

  @Test
  void readsInputsThatComeByTheByte() throws IOException {
    byte[] content = text(300_000);
    InputStream all = new ByteArrayInputStream(deflate(content, 6, Deflater.DEFAULT_STRATEGY));
    InputStream trickle =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return all.read();
          }

          @Override
          public int read(byte[] target, int from, int length) throws IOException {
            return all.read(target, from, Math.min(length, 1));
          }
        };

    assertThat(inflate(new CompressedInput(trickle), 5000)).isEqualTo(content);
  }

  @Test
  void saysThatAnInputEndsTooEarly() {
    byte[] deflated = deflate(text(3000), 6, Deflater.DEFAULT_STRATEGY);

    for (int length = 0; length < deflated.length; length++) {
      byte[] truncated = Arrays.copyOf(deflated, length);
      assertThatThrownBy(() -> inflate(truncated, 1000))
          .as("%d bytes", length)
          .isInstanceOf(ProfileFormatException.class)
          .hasMessageContaining("unexpected EOF");
    }
  }

  /** Codes that are too many or too few, distances before the start, symbols that mean nothing. */
  @Test
  void acceptsWhatTheJdkAcceptsOfCorruptInputs() throws IOException {
    Random random = new Random(seed);
    byte[][] valid = {
      deflate(text(3000), 6, Deflater.DEFAULT_STRATEGY),
      deflate(text(60), 6, Deflater.DEFAULT_STRATEGY),
      deflate(skewed(2000), 6, Deflater.HUFFMAN_ONLY),
      deflate(noise(100), 0, Deflater.DEFAULT_STRATEGY),
      deflate(periodic(40_000, 32_768), 6, Deflater.DEFAULT_STRATEGY),
    };
    int accepted = 0;
    for (int round = 0; round < inputs; round++) {
      byte[] corrupt = valid[round % valid.length].clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        // The codes are in the first bytes, and what is wrong with them is most various.
        int at =
            random.nextInt(random.nextBoolean() ? Math.min(80, corrupt.length) : corrupt.length);
        corrupt[at] ^= (byte) (1 << random.nextInt(8));
      }

      Optional<byte[]> expected = inflateByTheJdk(corrupt);

      assertThat(inflateOrReject(corrupt))
          .as("round %d", round)
          .satisfies(actual -> assertThat(actual.orElse(null)).isEqualTo(expected.orElse(null)));
      accepted += expected.isPresent() ? 1 : 0;
    }
    assertThat(accepted).isBetween(inputs / 50, inputs - inputs / 50);
  }

  @Test
  void acceptsWhatTheJdkAcceptsOfNoise() throws IOException {
    Random random = new Random(seed);
    byte[] noise = new byte[60];
    int accepted = 0;
    for (int round = 0; round < inputs; round++) {
      random.nextBytes(noise);

      Optional<byte[]> expected = inflateByTheJdk(noise);

      assertThat(inflateOrReject(noise).orElse(null)).isEqualTo(expected.orElse(null));
      accepted += expected.isPresent() ? 1 : 0;
    }
    assertThat(accepted).isPositive();
  }

  @Test
  void namesTheOffsetOfWhatIsCorrupt() {
    byte[] reserved = {0b111, 0, 0};

    assertThatThrownBy(() -> inflate(reserved, 10))
        .hasMessage("decompressing profile: flate: corrupt input before offset 1");
  }
}
