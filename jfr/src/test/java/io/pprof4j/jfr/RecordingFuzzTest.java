// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.profile.ProfileFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads damaged recordings: each is read, or refused with a message, in a short time and little
 * memory. {@code mvn -Pfuzz} reads many more; {@code fuzz.seed} and {@code fuzz.inputs} repeat a
 * run.
 */
class RecordingFuzzTest {
  private static final long SEED = Long.getLong("fuzz.seed", 1);
  private static final int INPUTS = Integer.getInteger("fuzz.inputs", 600) / 3;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** Numbers that break decoders: 0, -1, the largest, a length that reaches far. */
  private static final byte[][] NUMBERS = {
    {0},
    {
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF
    },
    {
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      (byte) 0xFF,
      0x7F
    },
    {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7},
    {(byte) 0x80, (byte) 0x80, 4}
  };

  /** A recording that is large enough for other threads to read ahead. */
  private static final String MANY_CHUNKS = "many chunks";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jdk17", "jdk25", "async-profiler", "async-profiler-native", MANY_CHUNKS})
  @Timeout(value = 3, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void readsOrRefusesWhatIsDamaged(String name) throws IOException {
    byte[] sound = sound(name);
    Path file = folder.resolve("damaged.jfr");
    int refused = 0;
    for (int input = 0; input < INPUTS; input++) {
      long seed = SEED * 1_000_003 + input;
      Files.write(file, damaged(sound, new Random(seed)));
      refused += isRefused(file, name + ", seed " + seed) ? 1 : 0;
    }
    // Most damage is noticed, but not all of it can be: a byte within a name is as good as another.
    assertThat(refused).isBetween(INPUTS / 10, INPUTS - 1);
  }

  private static boolean isRefused(Path file, String which) throws IOException {
    long start = System.nanoTime();
    try {
      JfrProfiles profiles = JfrProfiles.read(file);
      profiles.combined();
      profiles.kinds().forEach(profiles::profile);
      return false;
    } catch (ProfileFormatException refused) {
      assertThat(refused)
          .as(which)
          .hasMessageStartingWith("parsing recording: ")
          .hasMessageNotContaining("more memory");
      return true;
    } catch (RuntimeException | Error raw) {
      throw new AssertionError(which, raw);
    } finally {
      assertThat(System.nanoTime() - start)
          .as("nanoseconds for " + which)
          .isLessThan(LONGEST_NANOS);
    }
  }

  /** Erasing follows the same damage, in place: the file keeps its length. */
  @ParameterizedTest
  @ValueSource(strings = {"jdk17", "jdk25", "async-profiler"})
  void erasesFromOrRefusesWhatIsDamaged(String name) throws IOException {
    byte[] sound = sound(name);
    Set<String> events = Set.of("jdk.ExecutionSample", "jdk.ActiveSetting", "jdk.CPULoad");
    Path file = folder.resolve("damaged.jfr");
    int refused = 0;
    for (int input = 0; input < INPUTS; input++) {
      long seed = SEED * 1_000_003 + input;
      byte[] damaged = damaged(sound, new Random(seed));
      Files.write(file, damaged);
      try {
        RecordingEvents.erase(file, events);
      } catch (ProfileFormatException e) {
        assertThat(e).as("seed " + seed).hasMessageStartingWith("parsing recording: ");
        refused++;
      } catch (RuntimeException | Error raw) {
        throw new AssertionError(name + ", seed " + seed, raw);
      }
      assertThat(Files.size(file)).as("seed " + seed).isEqualTo(damaged.length);
    }
    assertThat(refused).isBetween(INPUTS / 10, INPUTS - 1);
  }

  private static byte[] damaged(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      bytes = damagedOnce(bytes, random);
    }
    return bytes;
  }

  private static byte[] damagedOnce(byte[] bytes, Random random) {
    int at = place(bytes, random);
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> {
        byte[] number = NUMBERS[random.nextInt(NUMBERS.length)];
        System.arraycopy(number, 0, bytes, at, Math.min(number.length, bytes.length - at));
      }
      case 3 -> {
        int from = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(200), bytes.length - Math.max(at, from));
        System.arraycopy(bytes, from, bytes, at, length);
      }
      case 4 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(60)), (byte) 0);
      default -> {
        return random.nextInt(4) == 0 ? cut(bytes, random) : bytes;
      }
    }
    return bytes;
  }

  /** A recording that ends early; sometimes its header agrees. */
  private static byte[] cut(byte[] bytes, Random random) {
    byte[] shorter = Arrays.copyOf(bytes, 68 + random.nextInt(bytes.length - 68));
    if (random.nextBoolean()) {
      ByteBuffer.wrap(shorter).putLong(8, shorter.length);
    }
    return shorter;
  }

  /** Anywhere, but more often where the structure is: the header, the metadata, the constants. */
  private static int place(byte[] bytes, Random random) {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    long near =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(68);
          case 1 -> header.getLong(16) + random.nextInt(200);
          case 2 -> header.getLong(24) + random.nextInt(60_000);
          default -> -1;
        };
    return near >= 0 && near < bytes.length ? (int) near : random.nextInt(bytes.length);
  }

  private static byte[] sound(String name) throws IOException {
    if (name.equals(MANY_CHUNKS)) {
      byte[] first = sound("jdk25");
      byte[] chunks = Arrays.copyOf(first, first.length * ((3 << 20) / first.length + 1));
      for (int at = first.length; at < chunks.length; at += first.length) {
        System.arraycopy(first, 0, chunks, at, first.length);
      }
      return chunks;
    }
    try (InputStream in = RecordingFuzzTest.class.getResourceAsStream(name + ".jfr.gz")) {
      return new GZIPInputStream(in).readAllBytes();
    }
  }
}
