// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

import static io.pprof4j.profile.Profiles.profiles;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The law of scaling near the ends of 64 bits: a value times its ratio in floating point, rounded
 * to the nearest integer with halves away from zero, and the nearest long if that is beyond 64
 * bits.
 */
class ScalingTest {
  private static final long[] VALUES = {
    Long.MAX_VALUE,
    Long.MAX_VALUE - 1,
    Long.MAX_VALUE - 512,
    Long.MAX_VALUE - 1024,
    1L << 62,
    (1L << 62) + 1,
    (1L << 53) + 1,
    (1L << 52) + 1,
    3,
    1,
    -1,
    -(1L << 62),
    Long.MIN_VALUE + 1024,
    Long.MIN_VALUE + 1,
    Long.MIN_VALUE
  };

  @ParameterizedTest
  @ValueSource(
      doubles = {
        0.5,
        -0.5,
        1.0 / 3,
        1.0000000000000002,
        0.9999999999999999,
        2,
        -2,
        1e300,
        -1e300,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
      })
  void scalesToTheNearestLong(double ratio) {
    for (long value : VALUES) {
      assertThat(scaled(value, ratio)).as("%d times %s", value, ratio).isEqualTo(law(value, ratio));
    }
  }

  /** By arithmetic that has no limits. */
  private static long law(long value, double ratio) {
    double product = value * ratio;
    if (Double.isInfinite(product)) {
      return product > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
    }
    return new BigDecimal(product)
        .setScale(0, RoundingMode.HALF_UP)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .max(BigDecimal.valueOf(Long.MIN_VALUE))
        .longValueExact();
  }

  private static long scaled(long value, double ratio) {
    List<Sample> samples = profiles().sample(value, "a").build().scale(ratio).samples();
    return samples.isEmpty() ? 0 : samples.get(0).value(0);
  }

  @Test
  void negatesExactlySoThatTwiceIsTheValueItself() {
    for (long value : VALUES) {
      assertThat(scaled(value, -1)).isEqualTo(-value);
      assertThat(scaled(scaled(value, -1), -1)).isEqualTo(value);
    }
  }

  @Test
  void dropsWhatIsNoNumber() {
    assertThat(profiles().sample(7, "a").build().scale(Double.NaN).samples().size()).isZero();
  }

  /** The ratio is that of the totals, and those wrap as they do in the original. */
  @ParameterizedTest
  @CsvSource({
    "1, 3, 9223372036854775807, 2305843009213693952, 6917529027641081856",
    "1, 3, -9223372036854775808, -2305843009213693952, -6917529027641081856",
    "9223372036854775807, 9223372036854775807, 1, -4611686018427387904, -4611686018427387904",
    "4611686018427387904, 4611686018427387904, 8, -4, -4",
    // A ratio of -1, which is exact here: the original has -9223372036854775808 and -1.
    "9223372036854775807, 1, 9223372036854775807, -9223372036854775807, -1",
    // Where the original has the smallest number of all for both.
    "1, -2, 9223372036854775807, -9223372036854775808, 9223372036854775807",
    "3, -2, 9223372036854775807, 9223372036854775807, -9223372036854775808",
  })
  void normalizesByTheTotals(long one, long two, long base, long scaledOne, long scaledTwo) {
    Profile profile = profiles().sample(one, "a").sample(two, "b").build();

    Profile normalized = profile.normalize(profiles().sample(base, "c").build());

    assertThat(normalized.samples())
        .extracting(sample -> sample.value(0))
        .containsExactly(scaledOne, scaledTwo);
  }
}
