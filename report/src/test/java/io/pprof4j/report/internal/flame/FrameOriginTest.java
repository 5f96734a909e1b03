// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.report.internal.flame;

import static org.assertj.core.api.Assertions.assertThat;

import io.pprof4j.report.FrameKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameOriginTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.Shop.sell | com/acme/Shop.java | /app/shop.jar | true | APPLICATION | com.acme",
        "com.acme.Shop.sell | com/acme/Shop.java | /app/lib/other.jar | false | LIBRARY | com.acme",
        "com.acme.Shop$Cart.<init> | com/acme/Shop.java | jvm | true | APPLICATION | com.acme",
        "java.util.HashMap.get | java/util/HashMap.java | jvm | true | RUNTIME | java.util",
        "org.apache.x.Y.z | org/apache/x/Y.java | jvm | true | LIBRARY | org.apache.x",
        "Main.main | Main.java | jvm | true | APPLICATION | ''",
        "java/lang/Thread.run_[j] | '' | '' | false | RUNTIME | java.lang",
        "com/acme/Shop.sell | '' | '' | false | APPLICATION | com.acme",
        "vfs_read_[k] | '' | '' | false | KERNEL | ''",
        "G1ParScanThreadState::trim_queue | '' | libjvm.so | false | COLLECTOR | G1ParScanThreadState",
        "C2Compiler::compile_method | '' | libjvm.so | false | COMPILER | C2Compiler",
        "JavaThread::run | '' | libjvm.so | false | NATIVE | JavaThread",
        "epoll_wait | '' | /lib/libc.so.6 | false | NATIVE | libc.so.6",
        "acme::Row::Scan | acme/row.cc | /bin/frontend | true | APPLICATION | acme",
        "std::sort | bits/stl.h | /bin/frontend | true | LIBRARY | std",
        "main.main | /src/x/main.go | /bin/x | true | APPLICATION | main",
        "runtime.mallocgc | /go/src/runtime/malloc.go | /bin/x | true | RUNTIME | runtime",
        "runtime.gcBgMarkWorker | /go/src/runtime/mgc.go | /bin/x | true | COLLECTOR | runtime",
        "github.com/a/b.(*T).F | /go/pkg/mod/github.com/a/b@v1/f.go | /bin/x | true | LIBRARY | github.com/a/b",
        "[no stack] | '' | '' | true | OTHER | [no stack]",
      })
  void tellsWhoseCodeAFrameIs(
      String name, String file, String binary, boolean main, FrameKind kind, String codePackage) {
    FrameOrigin origin = new FrameOrigin(name, name, file, binary, main);

    assertThat(origin.kind()).isEqualTo(kind);
    if (kind != FrameKind.OTHER) {
      assertThat(origin.codePackage()).isEqualTo(codePackage);
    }
  }

  @org.junit.jupiter.api.Test
  void knowsJavaByTheDescriptorWhenThereIsNoSource() {
    FrameOrigin origin =
        new FrameOrigin("com.acme.Shop.sell", "com/acme/Shop.sell(I)V", "", "jvm", true);

    assertThat(origin.kind()).isEqualTo(FrameKind.APPLICATION);
    assertThat(origin.codePackage()).isEqualTo("com.acme");
  }
}
