// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.sample;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the service answers with. */
record User(@JsonProperty("Name") String name, @JsonProperty("Email") String email) {}
