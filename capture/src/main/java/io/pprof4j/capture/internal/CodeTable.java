// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture.internal;

import io.pprof4j.profile.JvmMethod;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The methods that the library has numbered, named on this side. The library's tables only grow, so
 * each call fetches what is new.
 *
 * <p>The library resolves a method's names when it first sees it and may not run Java code then.
 * Where its class came from must be asked of Java, so the library holds on to the class until
 * {@link #update} has asked; after that the class may be unloaded, and all is known.
 */
public final class CodeTable {
  /** Fetches names from given numbers on (resolve.c, p4j_names). */
  interface Names {
    byte[] from(int string, int method);
  }

  /** The method that stands for one that could not be resolved. */
  private static final JvmMethod UNKNOWN = new JvmMethod("", "unknown method", "", "", 0, "");

  private record Row(String className, String name, String descriptor, String source, int line) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Names names;
  private final Supplier<Object @Nullable []> newMethods;
  private final List<String> strings = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<Integer, String> codeSources = new HashMap<>();
  private final Map<String, String> sourceTexts = new HashMap<>();

  CodeTable(Names names, Supplier<Object @Nullable []> newMethods) {
    this.names = names;
    this.newMethods = newMethods;
  }

  /** Learns the methods that the library has seen since the last call. */
  public void update() {
    lock.lock();
    try {
      learnSources();
      learnNames();
    } finally {
      lock.unlock();
    }
  }

  /** Does the same unless all methods up to a number are known already. */
  void updateFor(int number) {
    lock.lock();
    try {
      if (number >= rows.size()) {
        update();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A method by its number, which an answer of the library before the last update gave. */
  public JvmMethod method(int number) {
    lock.lock();
    try {
      if (number <= 0 || number >= rows.size()) {
        return UNKNOWN;
      }
      Row row = rows.get(number);
      String source = codeSources.getOrDefault(number, "");
      return new JvmMethod(row.className, row.name, row.descriptor, row.source, row.line, source);
    } finally {
      lock.unlock();
    }
  }

  private void learnSources() {
    Object @Nullable [] pair = newMethods.get();
    if (pair == null) {
      return;
    }
    int[] numbers = (int[]) pair[0];
    Class<?>[] classes = (Class<?>[]) pair[1];
    for (int index = 0; index < numbers.length; index++) {
      String source = CodeSources.of(classes[index]);
      codeSources.put(numbers[index], sourceTexts.computeIfAbsent(source, text -> text));
    }
  }

  private void learnNames() {
    byte[] answer = names.from(strings.size(), rows.size());
    ByteBuffer in = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
    for (int left = in.getInt(); left > 0; left--) {
      byte[] text = new byte[in.getInt()];
      in.get(text);
      strings.add(ModifiedUtf8.decode(text));
    }
    for (int left = in.getInt(); left > 0; left--) {
      String className = strings.get(in.getInt()).replace('/', '.');
      String name = strings.get(in.getInt());
      String descriptor = strings.get(in.getInt());
      String source = strings.get(in.getInt());
      rows.add(new Row(className, name, descriptor, source, in.getInt()));
    }
  }
}
