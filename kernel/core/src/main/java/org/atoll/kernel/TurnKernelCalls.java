package org.atoll.kernel;

import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Machine;
import org.atoll.abi.StateWriter;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;
import org.jspecify.annotations.Nullable;

/**
 * The kernel calls of the turn under way: each checks the task's privileges, then acts. Longer than
 * other files because it has one short method per kernel call. Owner: one CPU.
 */
final class TurnKernelCalls implements KernelCalls {

  private final Node node;
  private final CpuTurn turn;
  private final Frames frames;
  private final SpaceCalls spaces;

  TurnKernelCalls(Node node, CpuTurn turn) {
    this.node = node;
    this.turn = turn;
    this.frames = node.frames;
    this.spaces = new SpaceCalls(node);
  }

  private boolean may(int group) {
    return (turn.task().privileges.calls() & group) != 0;
  }

  private Caller caller() {
    return turn.task().caller;
  }

  // ---- time and chance

  @Override
  public long nowNanos() {
    return node.hypercalls.monotonicNanos(caller());
  }

  @Override
  public long wallNanos() {
    return node.hypercalls.wallNanos(caller());
  }

  @Override
  public void random(byte[] target, int offset, int bytes) {
    if (!may(Privileges.RANDOM) || node.hypercalls.random(caller(), target, offset, bytes) < 0) {
      throw new SecurityException("the task's privileges do not allow random bytes");
    }
  }

  @Override
  public void setAlarm(long tag, long delayNanos) {
    if (!may(Privileges.TIME)) {
      throw new SecurityException("the task's privileges do not allow alarms");
    }
    node.setAlarm(turn.task(), tag, delayNanos);
  }

  @Override
  public void cancelAlarm(long tag) {
    node.alarms.cancel(turn.task(), tag);
  }

  @Override
  public long retiredBy(int task) {
    Task of = node.tasks.find(task);
    if (!may(Privileges.TIME)) {
      return -Errno.EPERM;
    }
    if (of == null) {
      return -Errno.ESRCH;
    }
    ProcessMachine process = of.process;
    return process == null ? 0 : process.retired();
  }

  @Override
  public long cpuNanosOf(int task) {
    Task of = node.tasks.find(task);
    if (!may(Privileges.TIME)) {
      return -Errno.EPERM;
    }
    if (of == null) {
      return -Errno.ESRCH;
    }
    turn.cpu().settle();
    return of.account.nanos();
  }

  @Override
  public long userNanosOf(int task) {
    Task of = node.tasks.find(task);
    if (!may(Privileges.TIME)) {
      return -Errno.EPERM;
    }
    if (of == null) {
      return -Errno.ESRCH;
    }
    turn.cpu().settle();
    return of.account.userNanos.get();
  }

  @Override
  public void giveWay() {
    turn.cpu().giveWay(turn.task());
  }

  @Override
  public int passed(int work) {
    return turn.passed(work);
  }

  // ---- buffers of a request

  private @Nullable CallRecord serving(long request) {
    return turn.serving(request);
  }

  @Override
  public int inBytes(long request) {
    CallRecord call = serving(request);
    return call == null ? -Errno.EDEADSRCDST : call.in.length();
  }

  @Override
  public int outBytes(long request) {
    CallRecord call = serving(request);
    return call == null ? -Errno.EDEADSRCDST : call.out.length();
  }

  @Override
  public int copyIn(long request, int offset, byte[] target, int targetOffset, int bytes) {
    turn.copied(bytes);
    CallRecord call = serving(request);
    return call == null ? -Errno.EDEADSRCDST : call.in.read(offset, target, targetOffset, bytes);
  }

  @Override
  public int copyInToFrame(long request, int offset, int frame, int frameOffset, int bytes) {
    turn.copied(bytes);
    CallRecord call = serving(request);
    if (!may(Privileges.FRAMES)) {
      return -Errno.EPERM;
    }
    return call == null
        ? -Errno.EDEADSRCDST
        : call.in.readIntoFrame(offset, frame, frameOffset, bytes);
  }

  @Override
  public int copyOut(long request, int offset, byte[] source, int sourceOffset, int bytes) {
    turn.copied(bytes);
    CallRecord call = serving(request);
    return call == null ? -Errno.EDEADSRCDST : call.out.write(offset, source, sourceOffset, bytes);
  }

  @Override
  public int copyOutFromFrame(long request, int offset, int frame, int frameOffset, int bytes) {
    turn.copied(bytes);
    CallRecord call = serving(request);
    if (!may(Privileges.FRAMES)) {
      return -Errno.EPERM;
    }
    return call == null
        ? -Errno.EDEADSRCDST
        : call.out.writeFromFrame(offset, frame, frameOffset, bytes);
  }

  // ---- explicit grants

  @Override
  public int grantFrame(int grantee, int frame, int offset, int bytes, int rights) {
    return may(Privileges.GRANTS) && may(Privileges.FRAMES)
        ? turn.task().grants(frames).grantFrame(grantee, frame, offset, bytes, rights)
        : -Errno.EPERM;
  }

  @Override
  public int grantMemory(int grantee, long address, long bytes, int rights) {
    ProcessMachine process = turn.task().process;
    return may(Privileges.GRANTS) && process != null
        ? turn.task().grants(frames).grantMemory(grantee, process.space(), address, bytes, rights)
        : -Errno.EPERM;
  }

  @Override
  public int revoke(int grant) {
    return may(Privileges.GRANTS) ? turn.task().grants(frames).revoke(grant) : -Errno.EPERM;
  }

  @Override
  public int safecopyFrom(
      int granter, int grant, long offset, byte[] target, int targetOffset, int bytes) {
    turn.copied(bytes);
    Grants grants = grantsOf(granter);
    return grants == null
        ? -Errno.EPERM
        : grants.copyFrom(turn.self(), grant, offset, target, targetOffset, bytes);
  }

  @Override
  public int safecopyTo(
      int granter, int grant, long offset, byte[] source, int sourceOffset, int bytes) {
    turn.copied(bytes);
    Grants grants = grantsOf(granter);
    return grants == null
        ? -Errno.EPERM
        : grants.copyTo(turn.self(), grant, offset, source, sourceOffset, bytes);
  }

  private @Nullable Grants grantsOf(int granter) {
    Task task = may(Privileges.GRANTS) ? node.tasks.find(granter) : null;
    return task == null ? null : task.grants();
  }

  // ---- frames

  private void needFrames() {
    if (!may(Privileges.FRAMES)) {
      throw new SecurityException("the task's privileges do not allow frames");
    }
  }

  @Override
  public int frameAllocate() {
    turn.copied(Frames.FRAME_BYTES);
    if (!may(Privileges.FRAMES)) {
      return -Errno.EPERM;
    }
    int frame = frames.allocate();
    if (frame == Frames.NONE) {
      return -Errno.ENOMEM;
    }
    hold(frame);
    return frame;
  }

  private void hold(int frame) {
    HeldFrames held = turn.task().held;
    if (held != null) {
      held.hold(frame);
    }
  }

  @Override
  public void frameRetain(int frame) {
    needFrames();
    frames.retain(frame);
    hold(frame);
  }

  @Override
  public void frameGive(int frame) {
    HeldFrames held = turn.task().held;
    if (held != null) {
      held.let(frame);
    }
  }

  @Override
  public void frameRelease(int frame) {
    needFrames();
    frames.release(frame);
    frameGive(frame);
  }

  @Override
  public int frameReferences(int frame) {
    return may(Privileges.FRAMES) ? frames.references(frame) : -Errno.EPERM;
  }

  @Override
  public void frameCopy(int from, int fromOffset, int to, int toOffset, int bytes) {
    turn.copied(bytes);
    needFrames();
    frames.copy(from, fromOffset, to, toOffset, bytes);
  }

  @Override
  public void frameRead(int frame, int offset, byte[] target, int targetOffset, int bytes) {
    turn.copied(bytes);
    needFrames();
    frames.read(frame, offset, target, targetOffset, bytes);
  }

  @Override
  public void frameWrite(int frame, int offset, byte[] source, int sourceOffset, int bytes) {
    turn.copied(bytes);
    needFrames();
    frames.write(frame, offset, source, sourceOffset, bytes);
  }

  @Override
  public void frameZero(int frame, int offset, int bytes) {
    turn.copied(bytes);
    needFrames();
    frames.zero(frame, offset, bytes);
  }

  @Override
  public int framesTotal() {
    return may(Privileges.FRAMES) ? frames.count() : -Errno.EPERM;
  }

  @Override
  public int framesFree() {
    return may(Privileges.FRAMES) ? frames.freeFrames() : -Errno.EPERM;
  }

  // ---- address spaces

  private @Nullable AddressSpace space(int id) {
    return may(Privileges.SPACES) ? node.spaces.find(id) : null;
  }

  private int refused() {
    return may(Privileges.SPACES) ? -Errno.EINVAL : -Errno.EPERM;
  }

  @Override
  public int spaceCreate() {
    return may(Privileges.SPACES) ? node.spaces.create() : -Errno.EPERM;
  }

  @Override
  public void spaceRetain(int space) {
    if (!may(Privileges.SPACES) || !node.spaces.retain(space)) {
      throw new IllegalArgumentException("address space " + space + " cannot be retained");
    }
  }

  @Override
  public void spaceRelease(int space) {
    if (may(Privileges.SPACES)) {
      spaces.release(space);
    }
  }

  @Override
  public int spaceMap(int space, long page, int frame, int flags) {
    AddressSpace at = space(space);
    return at == null ? refused() : spaces.map(at, page, frame, flags);
  }

  @Override
  public int spaceUnmap(int space, long page, long count) {
    AddressSpace at = space(space);
    return at == null ? refused() : spaces.unmap(at, page, count);
  }

  @Override
  public int spaceProtect(int space, long page, long count, int flags) {
    AddressSpace at = space(space);
    return at == null ? refused() : spaces.protect(at, page, count, flags);
  }

  @Override
  public int spaceMove(int space, long fromPage, long toPage, long count) {
    AddressSpace at = space(space);
    return at == null ? refused() : spaces.move(at, fromPage, toPage, count);
  }

  @Override
  public int spaceFrame(int space, long page) {
    AddressSpace at = space(space);
    long entry = at == null ? 0 : at.entry(page);
    return entry == 0 ? -1 : AddressSpace.frame(entry);
  }

  @Override
  public int spaceFlags(int space, long page) {
    AddressSpace at = space(space);
    return at == null ? 0 : (int) at.entry(page) & SpaceCalls.FLAGS;
  }

  @Override
  public int spaceShare(int parent, int child) {
    AddressSpace from = space(parent);
    AddressSpace to = space(child);
    if (from == null || to == null || to.residentPages() != 0) {
      return refused();
    }
    return from.shareInto(to) ? 0 : -Errno.ENOMEM;
  }

  @Override
  public long spaceResident(int space) {
    AddressSpace at = space(space);
    return at == null ? refused() : at.residentPages();
  }

  @Override
  public int spaceWrite(int space, long address, byte[] source, int sourceOffset, int bytes) {
    turn.copied(bytes);
    AddressSpace at = space(space);
    return at == null ? refused() : spaces.write(at, address, source, sourceOffset, bytes);
  }

  @Override
  public int spaceRead(int space, long address, byte[] target, int targetOffset, int bytes) {
    turn.copied(bytes);
    AddressSpace at = space(space);
    return at == null ? refused() : spaces.read(at, address, target, targetOffset, bytes);
  }

  @Override
  public int taskSpace(int task, int space) {
    AddressSpace other = space(space);
    return other == null ? refused() : spaces.give(task, other);
  }

  // ---- this task

  @Override
  public void keep(StateWriter state) {
    Task task = turn.task();
    Kept kept = task.kept;
    if (kept == null) {
      kept = new Kept();
      task.kept = kept;
    }
    kept.stage(state);
  }

  @Override
  public Machine machine() {
    ProcessMachine process = turn.task().process;
    if (process == null) {
      throw new IllegalStateException(turn.task().name + " is no process and has no machine");
    }
    return process;
  }
}
