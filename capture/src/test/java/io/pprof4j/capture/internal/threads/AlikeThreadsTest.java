// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.capture.internal.ThreadStacks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlikeThreadsTest {
  private static final int STATE = 5;

  @Test
  void asksThreeOfAGroup() {
    Thread[] threads = threads(10);
    long[] fingerprints = new long[10];
    Arrays.fill(fingerprints, 7);

    AlikeThreads alike = AlikeThreads.of(threads, fingerprints);
    AlikeThreads.Answer answer = alike.answer(told(alike.asked(), 0, 0, 0));

    assertThat(alike.asked()).containsExactly(threads[0], threads[5], threads[9]);
    assertThat(answer.others()).isEmpty();
    assertThat(answer.stacks().threadCount()).isEqualTo(10);
    for (int thread = 0; thread < 10; thread++) {
      assertThat(answer.stacks().thread(thread)).isSameAs(threads[thread]);
      assertThat(answer.stacks().stackOf(thread)).isZero();
      assertThat(answer.stacks().stateOf(thread)).isEqualTo(STATE);
    }
  }

  @Test
  void asksAllOfAGroupThatDisagrees() {
    Thread[] threads = threads(5);
    long[] fingerprints = {7, 7, 7, 7, 7};

    AlikeThreads alike = AlikeThreads.of(threads, fingerprints);
    AlikeThreads.Answer answer = alike.answer(told(alike.asked(), 0, 1, 0));

    assertThat(answer.others()).containsExactly(threads[1], threads[3]);
    assertThat(stacks(answer.stacks())).containsExactly(0, 1, 0);
  }

  @Test
  void aThreadThatHasEndedSpeaksForNobody() {
    Thread[] threads = threads(5);
    long[] fingerprints = {7, 7, 7, 7, 7};
    int none = ThreadStacks.NO_STACK;

    AlikeThreads alike = AlikeThreads.of(threads, fingerprints);

    assertThat(alike.answer(told(alike.asked(), none, none, none)).others()).hasSize(2);
    assertThat(alike.answer(told(alike.asked(), 0, 0, none)).others()).hasSize(2);
  }

  @Test
  void asksEachThreadWithoutFingerprint() {
    Thread[] threads = threads(6);

    AlikeThreads alike = AlikeThreads.of(threads, new long[6]);

    assertThat(alike.asked()).containsExactly(threads);
  }

  @Test
  void givesEachThreadTheStackOfItsGroup() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      int count = random.nextInt(200);
      Thread[] threads = threads(count);
      Map<Thread, Integer> truth = new HashMap<>();
      long[] fingerprints = new long[count];
      int kinds = 1 + random.nextInt(20);
      for (int thread = 0; thread < count; thread++) {
        int kind = random.nextInt(kinds);
        truth.put(threads[thread], kind);
        // Some slots are shared, and some threads have none.
        fingerprints[thread] = random.nextInt(9) == 0 ? FrozenStacks.NONE : (kind + 1L) << 20;
      }

      AlikeThreads alike = AlikeThreads.of(threads, fingerprints);
      int[] stacks = Arrays.stream(alike.asked()).mapToInt(truth::get).toArray();
      AlikeThreads.Answer answer = alike.answer(told(alike.asked(), stacks));

      assertThat(answer.others()).isEmpty();
      for (int thread = 0; thread < count; thread++) {
        assertThat(answer.stacks().thread(thread)).isSameAs(threads[thread]);
        assertThat(answer.stacks().stackOf(thread)).isEqualTo(truth.get(threads[thread]));
      }
    }
  }

  private static Thread[] threads(int count) {
    Thread[] threads = new Thread[count];
    Arrays.setAll(threads, number -> new Thread("thread " + number));
    return threads;
  }

  /** An answer of the library in which stack number n has one frame, method n. */
  private static ThreadStacks told(Thread[] threads, int... stackOfThread) {
    int stacks = Arrays.stream(stackOfThread).max().orElse(-1) + 1;
    List<Integer> told = new ArrayList<>();
    told.add(stacks);
    for (int stack = 0; stack < stacks; stack++) {
      told.addAll(List.of(1, stack, 0));
    }
    told.add(threads.length);
    for (int stack : stackOfThread) {
      told.addAll(List.of(stack, STATE));
    }
    return new ThreadStacks(threads, told.stream().mapToInt(Integer::intValue).toArray());
  }

  private static List<Integer> stacks(ThreadStacks stacks) {
    List<Integer> numbers = new ArrayList<>();
    for (int thread = 0; thread < stacks.threadCount(); thread++) {
      numbers.add(stacks.stackOf(thread));
    }
    return numbers;
  }
}
