// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.profile.internal.legacy;

import io.pprof4j.profile.ProfileHeader;
import io.pprof4j.profile.ValueType;
import java.util.List;

/**
 * The frames of the profiler itself that legacy profiles contain: expressions for drop_frames and
 * keep_frames, by kind of profile.
 */
final class LegacyFrames {
  private static final String ALLOCATION =
      String.join(
          "|",
          // POSIX
          "calloc",
          "cfree",
          "malloc",
          "free",
          "memalign",
          "do_memalign",
          "(__)?posix_memalign",
          "pvalloc",
          "valloc",
          "realloc",
          // tcmalloc
          "tcmalloc::.*",
          "tc_calloc",
          "tc_cfree",
          "tc_malloc",
          "tc_free",
          "tc_memalign",
          "tc_posix_memalign",
          "tc_pvalloc",
          "tc_valloc",
          "tc_realloc",
          "tc_new",
          "tc_delete",
          "tc_newarray",
          "tc_deletearray",
          "tc_new_nothrow",
          "tc_newarray_nothrow",
          // macOS
          "malloc_zone_malloc",
          "malloc_zone_calloc",
          "malloc_zone_valloc",
          "malloc_zone_realloc",
          "malloc_zone_memalign",
          "malloc_zone_free",
          // Go
          "runtime\\..*",
          // C++ libraries
          "BaseArena::.*",
          "(::)?do_malloc_no_errno",
          "(::)?do_malloc_pages",
          "(::)?do_malloc",
          "DoSampledAllocation",
          "MallocedMemBlock::MallocedMemBlock",
          "_M_allocate",
          "__builtin_(vec_)?delete",
          "__builtin_(vec_)?new",
          "__gnu_cxx::new_allocator::allocate",
          "__libc_malloc",
          "__malloc_alloc_template::allocate",
          "allocate",
          "cpp_alloc",
          "operator new(\\[\\])?",
          "simple_alloc::allocate");

  /** Frames of Go's runtime that stand in the middle of stacks. */
  private static final String ALLOCATION_KEEP =
      String.join("|", "runtime\\.panic", "runtime\\.reflectcall", "runtime\\.call[0-9]*");

  private static final String CPU =
      String.join(
          "|",
          "ProfileData::Add",
          "ProfileData::prof_handler",
          "CpuProfiler::prof_handler",
          "__pthread_sighandler",
          "__restore");

  private static final String LOCK =
      String.join(
          "|",
          "RecordLockProfileData",
          "(base::)?RecordLockProfileData.*",
          "(base::)?SubmitMutexProfileData.*",
          "(base::)?SubmitSpinLockProfileData.*",
          "(base::Mutex::)?AwaitCommon.*",
          "(base::Mutex::)?Unlock.*",
          "(base::Mutex::)?UnlockSlow.*",
          "(base::Mutex::)?ReaderUnlock.*",
          "(base::MutexLock::)?~MutexLock.*",
          "(Mutex::)?AwaitCommon.*",
          "(Mutex::)?Unlock.*",
          "(Mutex::)?UnlockSlow.*",
          "(Mutex::)?ReaderUnlock.*",
          "(MutexLock::)?~MutexLock.*",
          "(SpinLock::)?Unlock.*",
          "(SpinLock::)?SlowUnlock.*",
          "(SpinLockHolder::)?~SpinLockHolder.*");

  private static final List<List<String>> HEAP_TYPES =
      List.of(
          List.of("allocations", "size"),
          List.of("objects", "space"),
          List.of("inuse_objects", "inuse_space"),
          List.of("alloc_objects", "alloc_space"),
          List.of("alloc_objects", "alloc_space", "inuse_objects", "inuse_space"));

  private LegacyFrames() {}

  /** The header with the expressions for its kind of profile. */
  static ProfileHeader addTo(ProfileHeader header) {
    List<String> types = header.sampleTypes().stream().map(ValueType::type).toList();
    if (HEAP_TYPES.contains(types)) {
      return header.withDropKeep(ALLOCATION, ALLOCATION_KEEP);
    }
    boolean lock = types.equals(List.of("contentions", "delay"));
    return header.withDropKeep(lock ? LOCK : CPU, "");
  }
}
