// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** More requests at once than there are threads to answer them. */
class ManyRequestsTest {
  @Test
  void quickAnswersAreGivenToAThousandAtOnce() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(200);
    try (PprofServer server = Pprof.listen("localhost:0")) {
      HttpTalk talk = new HttpTalk(server.address());
      List<Future<Integer>> answers = new ArrayList<>();
      for (int client = 0; client < 1000; client++) {
        String path = client % 2 == 0 ? "/debug/pprof/threadcreate" : "/debug/pprof/cmdline";
        answers.add(clients.submit(() -> status(talk, path)));
      }

      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static int status(HttpTalk talk, String path) throws IOException {
    return talk.get(path).status();
  }

  @Test
  void requestsStandInLineUntilItIsFull() throws Exception {
    RequestThreads threads = new RequestThreads("pprof4j-http", 2, 3);
    CountDownLatch allowed = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(5);
    Runnable request =
        () -> {
          try {
            allowed.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          done.countDown();
        };

    for (int accepted = 0; accepted < 5; accepted++) {
      threads.execute(request);
    }
    assertThatThrownBy(() -> threads.execute(request))
        .isInstanceOf(RejectedExecutionException.class);
    allowed.countDown();

    assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aThreadThatIsFreeIsUsedAgain() throws Exception {
    RequestThreads threads = new RequestThreads("pprof4j-http", 16, 3);
    List<Thread> used = new ArrayList<>();

    for (int request = 0; request < 50; request++) {
      CountDownLatch done = new CountDownLatch(1);
      threads.execute(
          () -> {
            used.add(Thread.currentThread());
            done.countDown();
          });
      assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
    }

    // One may still be on its way back when the next request comes.
    assertThat(used.stream().distinct().count()).isLessThan(10);
  }
}
