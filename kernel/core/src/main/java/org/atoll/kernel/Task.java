package org.atoll.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Handler;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * A task: a mailbox, a private state, and what turns one event into a new state and messages.
 *
 * <p>Owner: the CPU that holds the run token ({@link #run} is RUNNING), except where a field says
 * otherwise.
 */
final class Task {

  /** Nothing to do; whoever brings an event queues it, or runs it at once. */
  static final int IDLE = 0;

  /** In the ready queue. */
  static final int QUEUED = 1;

  /** A CPU holds the token. */
  static final int RUNNING = 2;

  /** Over; nothing reaches it any more. */
  static final int DEAD = 3;

  /** A turn threw, and somebody is to renew it; what arrives waits. */
  static final int FAILED = 4;

  /** It goes on at another node; whoever brings something sends it on, see {@link Reaper}. */
  static final int LEAVING = 5;

  final int endpoint;
  final String name;
  final Privileges privileges;

  /** What it is to its host. */
  final Caller caller;

  /** Replaced only between turns, by what was loaded from its saved state. */
  Handler handler;

  /** Hart, memory and program, if it is a process. */
  final @Nullable ProcessMachine process;

  /** The same as the handler, if the task has a stack. */
  final @Nullable Stackful stackful;

  /** Its turns, if they may go on for long. */
  @Nullable LongTurns longTurns;

  /** Whom a task with a stack waits for, while it sends or calls; guarded by {@link Waits}. */
  int waitsFor = Endpoint.NONE;

  /** The node ends when it fails; set by the boot. */
  boolean vital;

  /** Who renews it when it fails, or NONE. */
  volatile int watcher = Endpoint.NONE;

  /**
   * Its turns are short, and need nobody else's token: for so long the CPU may keep one. The
   * kernel's own task takes the tokens of others, and guest code runs for a quantum.
   */
  final boolean sharesTokens;

  /** What it keeps for the time after a failure; made on first use. */
  @Nullable Kept kept;

  /** The frames that it holds, if it is watched. */
  @Nullable HeldFrames held;

  /** Version of its code. */
  volatile int version = 1;

  /** Events handled. */
  long events;

  /** Any thread. */
  final AtomicInteger run = new AtomicInteger(IDLE);

  /** Any CPU puts. */
  final Mailbox mailbox;

  final CallTable calls;
  final NotifySet notifies = new NotifySet();
  final TaskAlarms alarms = new TaskAlarms(this);
  private volatile @Nullable Grants grants;

  /** Answers that arrived, newest first. Any CPU pushes. */
  private final AtomicReference<@Nullable CallRecord> arrived = new AtomicReference<>();

  /** Answers in the order of their arrival. */
  private @Nullable CallRecord answers;

  /** Its place among the ready. */
  final Standing standing;

  /** CPU time charged to it. */
  final Account account = new Account();

  /** Somebody called it at least once: only then may a caller wait for it. */
  volatile boolean called;

  /** It is to end as soon as its turn is over. */
  volatile boolean doomed;

  /** The request to answer when it has ended, or 0: by who takes it out. */
  final AtomicLong doomRequest = new AtomicLong();

  /** It goes on at another node. Written before it is LEAVING, read behind that. */
  boolean left;

  Task(
      int endpoint,
      String name,
      Privileges privileges,
      Handler handler,
      @Nullable ProcessMachine process,
      Frames frames,
      Staging staging,
      int mailboxSlots,
      Standing standing) {
    this.endpoint = endpoint;
    this.name = name;
    this.privileges = privileges;
    this.caller =
        new Caller(Endpoint.toString(endpoint) + "(" + name + ")", privileges.hypercalls());
    this.handler = handler;
    this.process = process;
    this.sharesTokens = process == null && !(handler instanceof KernelTask);
    this.standing = standing;
    this.stackful = handler instanceof Stackful with ? with : null;
    this.mailbox = new Mailbox(mailboxSlots);
    this.calls = new CallTable(frames, staging, this);
  }

  /** From now on somebody renews it when it fails. Owner: the kernel's own task. */
  void watchedBy(int who) {
    watcher = who;
    if (held == null) {
      held = new HeldFrames();
    }
  }

  boolean dead() {
    return run.get() == DEAD;
  }

  /** Whether that state is the end of it here. */
  static boolean over(int run) {
    return run == DEAD || run == LEAVING;
  }

  /** Its explicit grants, made on first use. */
  synchronized Grants grants(Frames frames) {
    Grants made = grants;
    if (made == null) {
      made = new Grants(frames);
      grants = made;
    }
    return made;
  }

  /** Its explicit grants, if it ever had any. */
  @Nullable Grants grants() {
    return grants;
  }

  /** Hands it an answer. Called by whoever moved the record out of WAITING. */
  void pushAnswer(CallRecord record) {
    CallRecord head;
    do {
      head = arrived.get();
      record.next = head;
    } while (!arrived.compareAndSet(head, record));
  }

  /** The same by the CPU that holds this task's token, which needs no more than a place. */
  void putAnswer(CallRecord record) {
    if (answers == null && arrived.get() == null) {
      record.next = null;
      answers = record;
    } else {
      pushAnswer(record);
    }
  }

  /** The next answer that no earlier message has to precede; null when there is none. */
  @Nullable CallRecord takeAnswer() {
    CallRecord record = answers;
    if (record == null) {
      if (arrived.get() == null) {
        return null;
      }
      record = oldestFirst(arrived.getAndSet(null));
      answers = record;
    }
    if (record == null || record.after > mailbox.taken()) {
      return null;
    }
    answers = record.next;
    record.next = null;
    return record;
  }

  /** Forgets the answers that are there; one that comes later finds its call gone. */
  void dropAnswers() {
    arrived.set(null);
    answers = null;
  }

  private static @Nullable CallRecord oldestFirst(@Nullable CallRecord newest) {
    CallRecord reversed = null;
    for (CallRecord record = newest; record != null; ) {
      CallRecord next = record.next;
      record.next = reversed;
      reversed = record;
      record = next;
    }
    return reversed;
  }

  /** Whether an event waits for it. Exact for its owner, a hint for others. */
  boolean anyEvent() {
    return answers != null
        || arrived.get() != null
        || mailbox.any() && takesLetters()
        || notifies.any()
        || alarms.anyDue()
        || inTurn();
  }

  /** Whether a turn of it is under way that others interrupt. */
  boolean inTurn() {
    LongTurns turns = longTurns;
    return turns != null && turns.underWay();
  }

  /** Whether others wait for it to have a turn. */
  boolean hasLetters() {
    return mailbox.any() && !inTurn();
  }

  /** Whether it takes letters now: a task with a stack only where it receives. */
  boolean takesLetters() {
    return stackful == null || stackful.wantsLetters();
  }

  /** Whether guest code is to run. */
  boolean runnable() {
    return process != null && process.program().runnable();
  }
}
