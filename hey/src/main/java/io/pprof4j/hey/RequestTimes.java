// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.hey;

/**
 * The times of one successful request, in nanoseconds.
 *
 * @param offset from the start of the run until the request was sent
 * @param service from there until the end of the response
 * @param response from when it was due until the end of the response
 * @param connect making the connection, the lookup included; 0 if there was one
 * @param dns the lookup
 * @param write sending the request
 * @param delay from there until the first byte of the response
 * @param read from there until its end
 * @param status the status of the response
 * @param bytes the length of its body
 */
public record RequestTimes(
    long offset,
    long service,
    long response,
    long connect,
    long dns,
    long write,
    long delay,
    long read,
    int status,
    long bytes) {}
