// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey.internal.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Takes Ctrl-C, for which Java has no supported API. */
final class Interrupts {
  private Interrupts() {}

  /**
   * Runs the action on every SIGINT and SIGTERM, in place of the end of the process.
   *
   * @return whether this JVM can do it
   */
  static boolean handle(Runnable action) {
    try {
      // By reflection, since javac warns of sun.misc and cannot be told not to.
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object handler =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      for (String name : new String[] {"INT", "TERM"}) {
        handle.invoke(null, signalType.getConstructor(String.class).newInstance(name), handler);
      }
      return true;
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | IllegalAccessException
        | InstantiationException
        | InvocationTargetException e) {
      return false;
    }
  }
}
