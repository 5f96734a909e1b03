// Copyright The pprof4j Authors
// SPDX-License-Identifier: Apache-2.0
package io.pprof4j.capture;

import io.pprof4j.capture.internal.BuildIds;
import io.pprof4j.capture.internal.DaemonThreads;
import io.pprof4j.capture.internal.EngineRates;
import io.pprof4j.capture.internal.LoadableClasses;
import io.pprof4j.capture.internal.allocation.AllocationRecording;
import io.pprof4j.capture.internal.allocation.AllocationStream;
import io.pprof4j.capture.internal.cpu.CpuSource;
import io.pprof4j.capture.internal.labels.LabelStream;
import io.pprof4j.capture.internal.labels.SampleContext;
import io.pprof4j.capture.internal.recordings.EventStream;
import io.pprof4j.capture.internal.threads.NativeThreadDumper;
import io.pprof4j.capture.internal.threads.ThreadCreateSource;
import io.pprof4j.capture.internal.threads.ThreadDump;
import io.pprof4j.capture.internal.threads.ThreadDumper;
import io.pprof4j.capture.internal.threads.ThreadTally;
import io.pprof4j.capture.internal.threads.ThreadsSource;
import io.pprof4j.capture.internal.threads.WallSource;
import io.pprof4j.capture.internal.trace.FlightTracer;
import io.pprof4j.capture.internal.waits.BlockSource;
import io.pprof4j.capture.internal.waits.MutexSource;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The profiles of this JVM, by name. The counterpart of Go's {@code pprof.Lookup} and {@code
 * pprof.Profiles}. Engines start when they are first needed; {@link #prepare} starts what would
 * otherwise come too late or delay the first capture.
 */
public final class Captures {
  /** A JVM has one flight recorder and one sampler, so it has one of these. */
  private static final Captures JVM = new Captures();

  private final Map<String, ProfileSource> sources = new ConcurrentHashMap<>();
  private final FrameAddresses addresses = new FrameAddresses();
  private final AtomicBoolean prepared = new AtomicBoolean();
  private final BuildIds builds = new BuildIds();
  private final FlightTracer tracer = new FlightTracer();
  private final ThreadCreateSource threadCreate;
  private final ProfileSource cpu;
  private final AllocationRecording allocations;
  private final EngineRates rates;

  private Captures() {
    LoadableClasses classes = new LoadableClasses();
    SampleContext context = new SampleContext(classes);
    EventStream stream = new EventStream();
    LabelStream labels = new LabelStream(stream);
    ThreadDumper dumper = new LazyDumper();
    BlockSource block = new BlockSource(addresses, stream, labels, context);
    MutexSource mutex = new MutexSource(addresses, classes);
    rates =
        new EngineRates(
            new EngineRates.Knob(Captures::memoryRate, Captures::setMemoryRate),
            new EngineRates.Knob(block::rate, block::setRate),
            new EngineRates.Knob(
                mutex::fraction, n -> mutex.setFraction((int) Math.min(n, Integer.MAX_VALUE))));
    threadCreate = new ThreadCreateSource(addresses, stream, classes);
    cpu = CpuSource.create(context, rates::cpuProfileRate);
    allocations = new AllocationRecording(context, new AllocationStream(stream, labels, context));
    register(new HeapSource(ProfileKind.HEAP, addresses, allocations));
    register(new HeapSource(ProfileKind.ALLOCS, addresses, allocations));
    register(new ThreadsSource(addresses, dumper, threadCreate.origins()));
    register(threadCreate);
    register(block);
    register(mutex);
    register(cpu);
    register(new WallSource(dumper));
  }

  /** Loads the native library when the first dump is taken. */
  private static final class LazyDumper implements ThreadDumper {
    private static final class Holder {
      static final ThreadDumper BEST = NativeThreadDumper.best();
    }

    @Override
    public ThreadDump dump(int depth) {
      return Holder.BEST.dump(depth);
    }

    @Override
    public ThreadTally tally(int depth) {
      return Holder.BEST.tally(depth);
    }
  }

  /** The profiles of this JVM. */
  public static Captures ofThisJvm() {
    return JVM;
  }

  /**
   * A profile by its exact name: {@code heap}, {@code profile} (CPU), {@code goroutine}, or one of
   * the application's.
   */
  public Optional<ProfileSource> find(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  /** All profiles that have snapshots, sorted by name, for an index. */
  public List<ProfileSource> all() {
    List<ProfileSource> all = new ArrayList<>(sources.values());
    all.removeIf(source -> !source.abilities().contains(ProfileSource.Ability.SNAPSHOT));
    all.sort(Comparator.comparing(ProfileSource::name));
    return all;
  }

  /** The builds of the code that profiles name. */
  BuildIds builds() {
    return builds;
  }

  /** The addresses that text profiles give to frames. */
  public FrameAddresses addresses() {
    return addresses;
  }

  /** Traces of this JVM. */
  public Tracer tracer() {
    return tracer;
  }

  /** How finely this JVM is profiled. */
  public Rates rates() {
    return rates;
  }

  /**
   * Starts what runs always (the heap sampler, counting thread starts, what system properties ask
   * for) and warms up the flight recorder, whose first start takes up to some seconds. The heap
   * sampler runs when this returns, some milliseconds later; the rest is done by a thread of its
   * own. All this is done the first time only.
   */
  public void prepare() {
    if (prepared.compareAndSet(false, true)) {
      boolean samplesHeap = startsHeapSampler();
      DaemonThreads.start("prepare", () -> prepareAll(samplesHeap));
    }
  }

  /** Takes some milliseconds, in which the caller would allocate what no sample would ever tell. */
  private static boolean startsHeapSampler() {
    try {
      HeapSource.started();
      return true;
    } catch (EngineUnavailableException | RuntimeException | LinkageError e) {
      return false; // tried once more on the thread that says why
    }
  }

  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private void prepareAll(boolean samplesHeap) {
    if (!samplesHeap) {
      attempt("the heap sampler", this::startHeap);
    }
    attempt("counting thread starts", threadCreate::prepare);
    attempt("the rates of system properties", rates::applySystemProperties);
    attempt("the CPU sampler", () -> cpu.capture(CaptureRequest.window(Duration.ofMillis(1))));
    if (Boolean.getBoolean("pprof4j.flightrecorder")) {
      attempt("the flight recorder", tracer::keepPast);
    }
  }

  private void startHeap() throws EngineUnavailableException {
    try {
      HeapSource.started();
    } catch (EngineUnavailableException e) {
      if (HeapOptions.fromSystemProperties().interval() > 0) {
        allocations.prepare();
      }
      throw e;
    }
  }

  /** The profiles themselves say again why an engine is missing; here it is said once. */
  private static void attempt(String what, Step step) {
    try {
      step.run();
    } catch (EngineUnavailableException e) {
      log().log(Level.WARNING, "pprof4j: {0} cannot start: {1}", what, e.getMessage());
    } catch (IOException | RuntimeException | LinkageError e) {
      log().log(Level.WARNING, "pprof4j: " + what + " cannot start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long memoryRate() {
    try {
      HeapSampler sampler = HeapSampler.get();
      return sampler.state() == HeapSampler.State.OFF ? 0 : sampler.options().interval();
    } catch (EngineUnavailableException e) {
      return 0;
    }
  }

  private static void setMemoryRate(long bytes) {
    try {
      HeapSource.started().setInterval((int) bytes);
    } catch (EngineUnavailableException e) {
      throw new IllegalStateException("allocations cannot be sampled", e);
    }
  }

  /**
   * Lists a profile.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  void register(ProfileSource source) {
    // The application may want to find its own profile again, and add to it.
    ProfileSource listed =
        source instanceof CustomProfile ? source : new AccountedSource(source, builds);
    if (sources.putIfAbsent(source.name(), listed) != null) {
      throw new IllegalArgumentException("there is a profile of this name: " + source.name());
    }
  }

  /** Asked for late: the first one starts logging, which the application may want to set up. */
  private static Logger log() {
    return System.getLogger(Captures.class.getName());
  }
}
