// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The command that started this JVM, with its secrets masked. */
public final class CommandLine {
  private static final String MASK = "***";

  /** A key that looks like the name of a secret, and what is assigned to it. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "([\\w.-]{0,64}(?:password|passwd|passphrase|pwd|secret|token|credential|apikey|"
              + "api[-_.]key|access[-_.]?key|private[-_.]?key|auth)[\\w.-]{0,64}=)[^,;&\\s]+",
          Pattern.CASE_INSENSITIVE);

  /** An option whose next argument is a secret: {@code --password hunter2}. */
  private static final Pattern ALONE =
      Pattern.compile(
          "--?[\\w.-]{0,64}(?:password|passwd|passphrase|secret|token|credential|api-?key)",
          Pattern.CASE_INSENSITIVE);

  /** The user and password of a URL. */
  private static final Pattern USER_INFO = Pattern.compile("(\\w+://)[^/@\\s]+@");

  private CommandLine() {}

  /**
   * The executable and its arguments. Where the system does not tell, they are put together from
   * what the JVM knows; blanks within an argument of the main class may then separate it.
   */
  public static List<String> masked() {
    ProcessHandle.Info info = ProcessHandle.current().info();
    Optional<String[]> arguments = info.arguments();
    List<String> command = new ArrayList<>();
    command.add(info.command().orElse("java"));
    if (arguments.isPresent()) {
      command.addAll(Arrays.asList(arguments.get()));
    } else {
      String main = System.getProperty("sun.java.command", "");
      command.addAll(Arrays.asList(main.split(" ")));
    }
    return mask(command);
  }

  /** Replaces what looks like a secret by {@code ***}. */
  static List<String> mask(List<String> command) {
    List<String> masked = new ArrayList<>();
    boolean isSecret = false;
    for (String argument : command) {
      masked.add(isSecret && !argument.startsWith("-") ? MASK : mask(argument));
      isSecret = ALONE.matcher(argument).matches();
    }
    return masked;
  }

  private static String mask(String argument) {
    String withoutUser = USER_INFO.matcher(argument).replaceAll("$1" + MASK + "@");
    return ASSIGNED.matcher(withoutUser).replaceAll("$1" + MASK);
  }
}
