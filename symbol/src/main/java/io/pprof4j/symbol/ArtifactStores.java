// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.symbol;

import java.nio.file.Path;

/**
 * Where build tools keep what they fetched, archives of sources included. None needs to be there.
 *
 * @param maven Maven's local repository, {@code ~/.m2/repository}; below it {@code
 *     com/acme/shop/2/shop-2.jar}
 * @param gradle Gradle's cache of files, {@code ~/.gradle/caches/modules-2/files-2.1}; below it
 *     {@code com.acme/shop/2/<hash>/shop-2.jar}, a hash for each file
 */
public record ArtifactStores(Path maven, Path gradle) {
  /**
   * The stores of a user, where the tools have them unless told otherwise.
   *
   * @param home the user's directory
   * @param gradleHome Gradle's directory ({@code GRADLE_USER_HOME}); empty for the one in {@code
   *     home}
   */
  public static ArtifactStores of(Path home, String gradleHome) {
    Path gradle = gradleHome.isEmpty() ? home.resolve(".gradle") : home.resolve(gradleHome);
    return new ArtifactStores(
        home.resolve(".m2/repository"), gradle.resolve("caches/modules-2/files-2.1"));
  }
}
