// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrameAddressesTest {
  @Test
  void areUniqueAndNotZero() {
    FrameAddresses addresses = new FrameAddresses();
    Set<Long> seen = new HashSet<>();
    for (int function = 0; function < 2000; function++) {
      for (long line = 0; line < 5; line++) {
        seen.add(addresses.address("f" + function, "g", line));
      }
    }

    assertThat(seen).hasSize(10_000).doesNotContain(0L).allMatch(address -> address > 0);
  }

  @Test
  void areTheSameInEveryRun() {
    long first = new FrameAddresses().address("com.acme.Shop.sell", "com/acme/Shop.sell(I)V", 12);
    long second = new FrameAddresses().address("com.acme.Shop.sell", "com/acme/Shop.sell(I)V", 12);

    assertThat(second).isEqualTo(first);
  }

  @Test
  void nameTheFunctionForEveryAddressOfItsRange() {
    FrameAddresses addresses = new FrameAddresses();
    long address = addresses.address("com.acme.Shop.sell", "", 12);

    assertThat(addresses.symbol(address)).contains("com.acme.Shop.sell");
    assertThat(addresses.symbol(address - 1)).contains("com.acme.Shop.sell");
    assertThat(addresses.symbol(address - FrameAddresses.offset(address)))
        .contains("com.acme.Shop.sell");
    assertThat(addresses.symbol(12345)).isEmpty();
  }
}
