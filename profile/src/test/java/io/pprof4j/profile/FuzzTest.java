// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damages valid and broken inputs at random and reads them. Whatever comes, the reader returns a
 * profile that survives writing and reading, or throws {@link ProfileFormatException}; and without
 * stacks it accepts the same.
 *
 * <p>The number of inputs is the system property {@code fuzz.inputs}, the first seed {@code
 * fuzz.seed}; {@code mvn -Pfuzz} reads many.
 */
class FuzzTest {
  private static final String BYTES = " \n0-:;@=[{\"x/)9a#$\u0000\u0001\u0012\u007f";

  private final int inputs = Integer.getInteger("fuzz.inputs", 4000);
  private final long firstSeed = Long.getLong("fuzz.seed", 1);

  @Test
  void readsOrRejectsWhateverComes() throws IOException {
    List<byte[]> sources = sources();
    for (long seed = firstSeed; seed < firstSeed + inputs; seed++) {
      Random random = new Random(seed);
      byte[] input = damage(sources.get(random.nextInt(sources.size())), random);
      readOrReject(input, seed);
    }
  }

  private static void readOrReject(byte[] input, long seed) throws IOException {
    Profile profile;
    try {
      profile = ProfileReader.withDefaults().read(input);
    } catch (ProfileFormatException rejected) {
      assertThat(rejected.getMessage())
          .as("seed %d", seed)
          .matches("(?s)(parsing|decompressing|malformed) profile: .+");
      ReadWithoutStacksTest.assertRefused(input, "seed " + seed);
      return;
    } catch (RuntimeException | StackOverflowError crash) {
      throw new AssertionError("seed " + seed, crash);
    }
    ReadWithoutStacksTest.assertAllButStacks(input, profile, "seed " + seed);
    if (!profile.sampleTypes().isEmpty() || profile.samples().isEmpty()) {
      byte[] written = Profiles.bytes(profile);
      assertThat(Profiles.bytes(Profiles.read(written))).as("seed %d", seed).isNotEmpty();
    }
  }

  private static List<byte[]> sources() throws IOException {
    List<byte[]> sources = new ArrayList<>();
    for (Path file : Corpus.files()) {
      sources.add(Files.readAllBytes(file));
    }
    for (long seed = 0; seed < 20; seed++) {
      Profile profile = Profiles.random(seed);
      sources.add(Profiles.bytes(profile));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      profile.writeTo(out);
      sources.add(out.toByteArray());
      out.reset();
      profile.writeSpeedscopeTo(out, "fuzz");
      sources.add(out.toByteArray());
    }
    // Formats that pprof does not read, so that they are not among those of the corpus.
    for (String name : List.of("collapsed.txt", "evented.speedscope.json")) {
      try (InputStream in = FuzzTest.class.getResourceAsStream("fuzz/" + name)) {
        byte[] sound = java.util.Objects.requireNonNull(in, name).readAllBytes();
        assertThat(Profiles.read(sound).samples()).as(name).isNotEmpty();
        sources.add(sound);
      }
    }
    return sources;
  }

  private static byte[] damage(byte[] source, Random random) {
    byte[] bytes = source.clone();
    for (int damages = 1 + random.nextInt(4); damages > 0 && bytes.length > 0; damages--) {
      int at = random.nextInt(bytes.length);
      int end = Math.min(bytes.length, at + 1 + random.nextInt(40));
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> set(bytes, at, (byte) random.nextInt(256));
            case 1 -> set(bytes, at, (byte) BYTES.charAt(random.nextInt(BYTES.length())));
            case 2 -> set(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 3 -> java.util.Arrays.copyOf(bytes, at);
            case 4 -> splice(bytes, at, end, 0, 0);
            default -> splice(bytes, at, at, at, end);
          };
    }
    return bytes;
  }

  private static byte[] set(byte[] bytes, int at, byte value) {
    bytes[at] = value;
    return bytes;
  }

  /** Replaces bytes {@code from} to {@code to} by those from {@code copyFrom} to {@code copyTo}. */
  private static byte[] splice(byte[] bytes, int from, int to, int copyFrom, int copyTo) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.write(bytes, copyFrom, copyTo - copyFrom);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }
}
