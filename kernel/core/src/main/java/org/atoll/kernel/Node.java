package org.atoll.kernel;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.atoll.abi.BlockingIpc;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Handler;
import org.atoll.abi.Program;
import org.atoll.abi.Role;
import org.atoll.abi.Turn;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.EventChannel;
import org.atoll.hypercall.EventWait;
import org.atoll.hypercall.Hypercall;
import org.atoll.hypercall.Hypercalls;
import org.atoll.hypercall.Transport;
import org.atoll.hypercall.cpu.Coroutines;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.cpu.HostedEngines;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * One kernel: the tasks of a node and what lets them talk.
 *
 * <p>A boot makes it, starts servers and drivers ({@link #start}), says who serves what ({@link
 * #role}), raises a first channel, and lets each {@link #cpu} run on a thread of its own. The
 * simulator calls {@link Cpu#step} of all nodes on one thread instead.
 *
 * <p>Owner: the boot until the first CPU runs; the methods that say so may be called later, from
 * any thread.
 */
public final class Node {

  private static final int RUNNING = -1;

  private final NodeConfig config;
  private final int kernelEndpoint;
  private final Cpu[] cpus;
  private final Roles roles = new Roles();
  private final AtomicInteger status = new AtomicInteger(RUNNING);
  private final @Nullable Link link;
  private volatile boolean ending;
  private @Nullable HostedEngines hosted;
  private @Nullable Coroutines stacksOfTurns;

  /** The kernel itself: it reads the clock. */
  private final Caller self = new Caller("kernel", Hypercall.CLOCK_MONOTONIC.right());

  final Hypercalls hypercalls;
  final Frames frames;
  final Staging staging = new Staging();
  final Tracer tracer;
  final boolean traced;

  /** Whether the tracer is content with the CPUs' own looks at the clock. */
  private final boolean looks;

  final TaskTable tasks;
  final Locations locations = new Locations();
  final Spaces spaces;
  final Alarms alarms = new Alarms();
  final Scheduler scheduler = new Scheduler();
  final Quiescence quiescence;
  final Waits waits = new Waits(this);
  final Post post = new Post(this);
  final Reaper reaper = new Reaper(this);
  final Lifecycle life;
  final Images images = new Images();
  final Renewal renewal = new Renewal(this);

  /**
   * A node without other tasks than its kernel.
   *
   * @param hypercalls the gate to the host
   * @param frames its memory
   * @param engines one per CPU, at least one
   * @param programs what a new process is made of
   * @param transport to the other nodes, or null when there are none; it belongs to CPU 0
   * @param tracer sees the messages
   */
  public Node(
      NodeConfig config,
      Hypercalls hypercalls,
      Frames frames,
      List<Engine> engines,
      Supplier<Program> programs,
      @Nullable Transport transport,
      Tracer tracer) {
    this.config = config;
    this.hypercalls = hypercalls;
    this.frames = frames;
    this.tracer = tracer;
    this.traced = tracer != Tracer.NONE;
    this.looks = tracer.time() == Tracer.Time.LOOKED;
    this.tasks = new TaskTable(config.node());
    this.spaces = new Spaces(frames);
    this.quiescence = new Quiescence(engines.size());
    this.life = new Lifecycle(this, programs);
    this.kernelEndpoint = life.start("kernel", new KernelTask(this), Privileges.SERVER);
    vital(kernelEndpoint);
    this.cpus = new Cpu[engines.size()];
    EventWait[] waits = new EventWait[cpus.length];
    for (int i = 0; i < cpus.length; i++) {
      waits[i] = hypercalls.eventWait(i);
      cpus[i] = new Cpu(this, i, cpus.length, engines.get(i), waits[i]);
    }
    scheduler.cpus(waits);
    this.link = transport == null ? null : new Link(this, transport);
    tracer.attach(this);
    if (traced) {
      hypercalls.watch(this::hypercall);
    }
  }

  private void hypercall(Caller by, Hypercall call, long argument, long result) {
    if (!by.equals(self)) {
      tracer.hypercall(moment(null), by, call, argument, result);
    }
  }

  // ---- for the boot

  /**
   * Starts a server or driver.
   *
   * @param name as the log and traces name it
   * @return its endpoint; the first one started is in slot 1 of the node, and so on
   */
  public int start(String name, Handler handler, Privileges privileges) {
    int endpoint = life.start(name, handler, privileges);
    if (endpoint < 0) {
      throw new IllegalStateException("no slot is left for " + name);
    }
    return endpoint;
  }

  /** What servers and drivers are made of, when they are started or renewed later. Any thread. */
  public Images images() {
    return images;
  }

  /** The node ends when this task fails, as it does when one that serves a role fails. */
  public void vital(int endpoint) {
    Task task = tasks.find(endpoint);
    if (task == null) {
      throw new IllegalArgumentException("no task " + Endpoint.toString(endpoint));
    }
    task.vital = true;
  }

  /**
   * Starts a task with a stack; its body begins when its {@link #channel} is raised.
   *
   * @param stacks carries the body's, chosen by how far the body is trusted
   */
  public int startStackful(
      String name, BlockingIpc.Body body, Privileges privileges, Coroutines stacks) {
    int endpoint = start(name, new Stackful(name, body, stacks), privileges);
    waits.add(endpoint);
    return endpoint;
  }

  /** What runs the processes that ask for a program of the host; before the first CPU runs. */
  public void hosted(HostedEngines engines) {
    hosted = engines;
  }

  /**
   * What carries turns that may be interrupted, each where it was left; before the tasks that have
   * such turns are started. Without it no turn is interrupted.
   */
  public void stacksOfTurns(Coroutines stacks) {
    stacksOfTurns = stacks;
  }

  /** What carries turns that may be interrupted, if anything does. */
  @Nullable Coroutines stacksOfTurns() {
    return stacksOfTurns;
  }

  /** What runs the processes that ask for a program of the host, if anything does. */
  @Nullable HostedEngines hosted() {
    return hosted;
  }

  /** From now on the endpoint serves the role for the tasks of this node. Any thread. */
  public void role(Role role, int endpoint) {
    roles.serve(role, endpoint);
  }

  /** The endpoint that serves a role for the tasks of this node, or {@link Endpoint#NONE}. */
  public int role(Role role) {
    return roles.of(role);
  }

  /** A channel to a driver: raising it notifies the task, from {@link Endpoint#HOST}. */
  public EventChannel channel(int endpoint) {
    return () -> post.notify(null, Endpoint.HOST, endpoint);
  }

  /** CPU {@code index}; each is run by one thread. */
  public Cpu cpu(int index) {
    return cpus[index];
  }

  /** How many CPUs the node has. */
  public int cpus() {
    return cpus.length;
  }

  /** The node's number. */
  public int number() {
    return config.node();
  }

  /** How many nodes the VOS has, up or not. */
  public int nodes() {
    return config.nodes();
  }

  /** A bit for each node that is up, this one included. Any thread. */
  public long nodesUp() {
    return 1L << number() | (link == null ? 0 : link.up());
  }

  /** The endpoint of the node's kernel. */
  public int kernelEndpoint() {
    return kernelEndpoint;
  }

  /** Ends the loops of this node's CPUs; the first status given stays. Any thread. */
  public void halt(int exitStatus) {
    status.compareAndSet(RUNNING, exitStatus);
    scheduler.idle().wakeAll();
  }

  /** Halts this node and tells the others to, as a person's signal wants it. Any thread. */
  public void haltVos(int exitStatus) {
    haltEverywhere(null, exitStatus);
  }

  /** Whether the node has halted. Any thread. */
  public boolean halted() {
    return status.get() != RUNNING;
  }

  /** The status that the VOS ended with, 0 to 255; -1 while it runs. Any thread. */
  public int haltStatus() {
    return status.get();
  }

  // ---- for the simulator, between steps

  /** When the next alarm is due, in nanoseconds of the node's clock; -1 when none is set. */
  public long nextAlarmNanos() {
    long earliest = alarms.earliestNanos();
    return earliest == Alarms.NEVER ? -1 : earliest;
  }

  /**
   * Replaces a server or driver by a fresh one that loads what the old one saved.
   *
   * @return false when there is no such task
   */
  public boolean replace(int endpoint, Supplier<Handler> fresh) {
    return renewal.swap(endpoint, fresh);
  }

  /** A task's name and endpoint, for people. */
  public String describe(int endpoint) {
    String number = Endpoint.toString(endpoint);
    Task task = tasks.at(endpoint);
    if (task != null) {
      return number + "(" + task.name + ")";
    }
    for (Role role : Role.values()) {
      if (endpoint >= 0 && role(role) == endpoint) {
        return number + "(" + role.name().toLowerCase(Locale.ROOT) + ")";
      }
    }
    return number;
  }

  // ---- for the kernel's other classes

  int quantum() {
    return config.quantumInstructions();
  }

  boolean handsOver() {
    return config.handOver() == NodeConfig.HandOver.DIRECT;
  }

  /** Now, on the node's clock. */
  long nanos() {
    return hypercalls.monotonicNanos(self);
  }

  /** Now, as exactly as the tracer wants it, on that CPU; null: on another thread. */
  Tracer.Moment moment(@Nullable Cpu by) {
    if (by == null) {
      return new Tracer.Moment(number(), nanos());
    }
    return looks ? by.lookedAt() : new Tracer.Moment(number(), by.index(), nanos());
  }

  Link link() {
    Link there = link;
    if (there == null) {
      throw new IllegalStateException("a node without a transport has no link");
    }
    return there;
  }

  /** Whether the endpoint is on another node that is up. */
  boolean elsewhere(int endpoint) {
    return link != null && endpoint >= 0 && link.reaches(locations.nodeOf(endpoint));
  }

  /** How many processes want a processor, see {@link LoadAverage#mean}. */
  long load(int which) {
    long all = 0;
    for (Cpu cpu : cpus) {
      all += cpu.load().mean(which);
    }
    return all;
  }

  /** Who serves what here, and who may send there. */
  Roles roles() {
    return roles;
  }

  /** The call that a request names, if that task was to answer it; or null. */
  @Nullable CallRecord served(int callee, long request) {
    Task caller = tasks.at(Turn.caller(request));
    CallRecord call = null;
    if (caller != null) {
      call = caller.calls.find((int) request);
    } else if (link != null) {
      call = link.requestFrom(request);
    }
    return call != null && call.callee() == callee ? call : null;
  }

  /** The call of a task of this node, or null. It may be over by the time that it is looked at. */
  @Nullable CallRecord callOf(int caller, int sequence) {
    Task task = tasks.find(caller);
    return task == null ? null : task.calls.find(sequence);
  }

  List<CallRecord> remoteCallsTo(int callee) {
    return link == null ? List.of() : link.requestsTo(callee);
  }

  void dropRemoteCallsOf(int caller) {
    if (link != null) {
      link.dropRequestsOf(caller);
    }
  }

  boolean frameInUse(int frame) {
    return frame >= 0 && frame < frames.count() && frames.references(frame) > 0;
  }

  void setAlarm(Task task, long tag, long delayNanos) {
    long now = nanos();
    long deadline = now + Math.max(0, delayNanos);
    alarms.set(task, tag, deadline < now ? Alarms.NEVER - 1 : deadline);
  }

  /** Ends the scope of a task that the node cannot do without: the node; with node 0, the VOS. */
  void fail(Cpu by, int exitStatus) {
    if (number() == 0) {
      haltEverywhere(by, exitStatus);
    } else {
      halt(exitStatus);
    }
  }

  /** Halts this node and tells the others to. */
  void haltEverywhere(@Nullable Cpu by, int exitStatus) {
    if (link != null && !halted()) {
      ending = true;
      link.halt(by, exitStatus);
    }
    halt(exitStatus);
  }

  /** Whether the VOS ends, so that no node is missed that goes. */
  boolean ending() {
    return ending || halted();
  }

  /** Sends what is gathered for other nodes, if the transport belongs to that CPU. */
  void flush(int cpu) {
    if (cpu == 0 && link != null) {
      link.flush();
    }
  }

  /** No server has anything to do, as far as that CPU sees. */
  void serversRest(int cpu) {
    if (cpu == 0 && link != null) {
      link.serversRest();
    }
  }

  /** Whether so much waits for other nodes that no task is to have a turn for now. */
  boolean congested() {
    return link != null && link.congested();
  }

  /** Whether there is something to do for that CPU. */
  boolean work(int cpu) {
    boolean tasks = (cpus[cpu].anyReady() || cpus[cpu].busy()) && !congested();
    return tasks || cpu == 0 && link != null && link.work();
  }
}
