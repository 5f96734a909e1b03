// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile;

/** Profiles that cannot be merged or compared, because they measure different things. */
public final class IncompatibleProfilesException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** Says what differs. */
  public IncompatibleProfilesException(String message) {
    super(message);
  }
}
