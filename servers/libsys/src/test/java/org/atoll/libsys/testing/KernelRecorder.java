package org.atoll.libsys.testing;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Errno;
import org.atoll.abi.KernelCalls;
import org.atoll.abi.Limits;
import org.atoll.abi.Machine;
import org.atoll.abi.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * The kernel calls for a server under test: a clock that the test sets, buffers of requests, frames
 * with counted references, and address spaces.
 */
public final class KernelRecorder implements KernelCalls {

  private static final int PAGE = Limits.PAGE_BYTES;

  private static final class Frame {
    final byte[] bytes = new byte[PAGE];
    int references = 1;
  }

  private record Entry(int frame, int flags) {}

  private static final class Space {
    final TreeMap<Long, Entry> pages = new TreeMap<>();
    int references = 1;
  }

  private record Grant(int frame, int offset, int bytes, int rights) {}

  private final Map<Long, Asked> asked;
  private final Map<Integer, Grant> grants = new TreeMap<>();
  private final Map<Integer, Frame> frames = new TreeMap<>();
  private final Map<Integer, Space> spaces = new TreeMap<>();
  private final Map<Integer, Integer> taskSpaces = new TreeMap<>();
  private final Map<Long, Long> alarms = new TreeMap<>();
  private int framesTotal = 100_000;
  private int nextFrame = 1;
  private int nextSpace = 1;
  private int nextGrant;
  private long nowNanos;
  private byte[] kept = {};

  KernelRecorder(Map<Long, Asked> asked) {
    this.asked = asked;
  }

  // ---- what a test does

  /** Bounds the node's memory. */
  public void framesTotal(int frames) {
    framesTotal = frames;
  }

  /** Sets the clock. */
  public void nowNanos(long nanos) {
    nowNanos = nanos;
  }

  /** What the server kept last. */
  public byte[] kept() {
    return kept.clone();
  }

  /** Spaces that exist. */
  public int spaceCount() {
    return spaces.size();
  }

  /** Grants that were not taken back. */
  public int grantCount() {
    return grants.size();
  }

  /** Frames that are not free. */
  public int frameCount() {
    return frames.size();
  }

  /** The space that a task runs in, or 0. */
  public int spaceOf(int task) {
    return taskSpaces.getOrDefault(task, 0);
  }

  /** The alarms that are set: delay by tag. */
  public Map<Long, Long> alarms() {
    return alarms;
  }

  private byte[] in(long request) {
    return known(asked.get(request)).in;
  }

  private byte[] out(long request) {
    return known(asked.get(request)).out;
  }

  private Frame frame(int frame) {
    return known(frames.get(frame));
  }

  private Space space(int space) {
    return known(spaces.get(space));
  }

  private static <T> T known(@Nullable T thing) {
    if (thing == null) {
      throw new AssertionError("the server used something that does not exist");
    }
    return thing;
  }

  // ---- what the server does

  @Override
  public long nowNanos() {
    return nowNanos;
  }

  @Override
  public long wallNanos() {
    return 1_700_000_000_000_000_000L + nowNanos;
  }

  @Override
  public void random(byte[] target, int offset, int bytes) {
    for (int i = 0; i < bytes; i++) {
      target[offset + i] = (byte) (37 * i + 11);
    }
  }

  @Override
  public void setAlarm(long tag, long delayNanos) {
    alarms.put(tag, delayNanos);
  }

  @Override
  public void cancelAlarm(long tag) {
    alarms.remove(tag);
  }

  @Override
  public long retiredBy(int task) {
    return 0;
  }

  @Override
  public long userNanosOf(int task) {
    return 0;
  }

  @Override
  public void giveWay() {}

  @Override
  public long cpuNanosOf(int task) {
    return 0;
  }

  @Override
  public int inBytes(long request) {
    return in(request).length;
  }

  @Override
  public int outBytes(long request) {
    return out(request).length;
  }

  @Override
  public int copyIn(long request, int offset, byte[] target, int targetOffset, int bytes) {
    if (offset < 0 || bytes < 0 || offset + bytes > inBytes(request)) {
      return -Errno.EFAULT;
    }
    System.arraycopy(in(request), offset, target, targetOffset, bytes);
    return bytes;
  }

  @Override
  public int copyInToFrame(long request, int offset, int frame, int frameOffset, int bytes) {
    return copyIn(request, offset, frame(frame).bytes, frameOffset, bytes);
  }

  @Override
  public int copyOut(long request, int offset, byte[] source, int sourceOffset, int bytes) {
    if (offset < 0 || bytes < 0 || offset + bytes > outBytes(request)) {
      return -Errno.EFAULT;
    }
    System.arraycopy(source, sourceOffset, out(request), offset, bytes);
    return bytes;
  }

  @Override
  public int copyOutFromFrame(long request, int offset, int frame, int frameOffset, int bytes) {
    return copyOut(request, offset, frame(frame).bytes, frameOffset, bytes);
  }

  @Override
  public int grantFrame(int grantee, int frame, int offset, int bytes, int rights) {
    frameRetain(frame);
    grants.put(++nextGrant, new Grant(frame, offset, bytes, rights));
    return nextGrant;
  }

  @Override
  public int grantMemory(int grantee, long address, long bytes, int rights) {
    throw new UnsupportedOperationException("grants of memory are tested on the real kernel");
  }

  @Override
  public int revoke(int grant) {
    frameRelease(known(grants.remove(grant)).frame);
    return 0;
  }

  @Override
  public int safecopyFrom(
      int granter, int grant, long offset, byte[] target, int targetOffset, int bytes) {
    Grant from = grants.get(grant);
    if (from == null || (from.rights & GRANT_READ) == 0) {
      return -Errno.EPERM;
    }
    frameRead(from.frame, from.offset + (int) offset, target, targetOffset, bytes);
    return bytes;
  }

  @Override
  public int safecopyTo(
      int granter, int grant, long offset, byte[] source, int sourceOffset, int bytes) {
    Grant to = grants.get(grant);
    if (to == null || (to.rights & GRANT_WRITE) == 0) {
      return -Errno.EPERM;
    }
    frameWrite(to.frame, to.offset + (int) offset, source, sourceOffset, bytes);
    return bytes;
  }

  @Override
  public int frameAllocate() {
    if (frames.size() >= framesTotal) {
      return -Errno.ENOMEM;
    }
    frames.put(nextFrame, new Frame());
    return nextFrame++;
  }

  @Override
  public void frameRetain(int frame) {
    frame(frame).references++;
  }

  @Override
  public void frameGive(int frame) {
    // References are not told apart by who holds them.
  }

  @Override
  public void frameRelease(int frame) {
    if (--frame(frame).references == 0) {
      frames.remove(frame);
    }
  }

  @Override
  public int frameReferences(int frame) {
    return frame(frame).references;
  }

  @Override
  public void frameCopy(int from, int fromOffset, int to, int toOffset, int bytes) {
    System.arraycopy(frame(from).bytes, fromOffset, frame(to).bytes, toOffset, bytes);
  }

  @Override
  public void frameRead(int frame, int offset, byte[] target, int targetOffset, int bytes) {
    System.arraycopy(frame(frame).bytes, offset, target, targetOffset, bytes);
  }

  @Override
  public void frameWrite(int frame, int offset, byte[] source, int sourceOffset, int bytes) {
    System.arraycopy(source, sourceOffset, frame(frame).bytes, offset, bytes);
  }

  @Override
  public void frameZero(int frame, int offset, int bytes) {
    Arrays.fill(frame(frame).bytes, offset, offset + bytes, (byte) 0);
  }

  @Override
  public int framesTotal() {
    return framesTotal;
  }

  @Override
  public int framesFree() {
    return framesTotal - frames.size();
  }

  @Override
  public int spaceCreate() {
    spaces.put(nextSpace, new Space());
    return nextSpace++;
  }

  @Override
  public void spaceRetain(int space) {
    space(space).references++;
  }

  @Override
  public void spaceRelease(int space) {
    Space of = space(space);
    if (--of.references == 0) {
      of.pages.values().forEach(e -> frameRelease(e.frame));
      spaces.remove(space);
    }
  }

  @Override
  public int spaceMap(int space, long page, int frame, int flags) {
    frame(frame);
    Entry old = space(space).pages.put(page, new Entry(frame, flags));
    if (old != null) {
      frameRelease(old.frame);
    }
    return 0;
  }

  @Override
  public int spaceUnmap(int space, long page, long count) {
    Map<Long, Entry> range = space(space).pages.subMap(page, page + count);
    range.values().forEach(e -> frameRelease(e.frame));
    range.clear();
    return 0;
  }

  @Override
  public int spaceProtect(int space, long page, long count, int flags) {
    int rights = PAGE_READ | PAGE_WRITE | PAGE_EXECUTE;
    space(space)
        .pages
        .subMap(page, page + count)
        .replaceAll((p, e) -> new Entry(e.frame, e.flags & ~rights | flags & rights));
    return 0;
  }

  @Override
  public int spaceMove(int space, long fromPage, long toPage, long count) {
    Map<Long, Entry> range = space(space).pages.subMap(fromPage, fromPage + count);
    TreeMap<Long, Entry> moved = new TreeMap<>(range);
    range.clear();
    moved.forEach((page, e) -> space(space).pages.put(page - fromPage + toPage, e));
    return 0;
  }

  @Override
  public int spaceFrame(int space, long page) {
    Entry e = space(space).pages.get(page);
    return e == null ? -1 : e.frame;
  }

  @Override
  public int spaceFlags(int space, long page) {
    Entry e = space(space).pages.get(page);
    return e == null ? 0 : e.flags;
  }

  @Override
  public int spaceShare(int parent, int child) {
    space(parent)
        .pages
        .replaceAll((page, e) ->
            (e.flags & PAGE_SHARED) != 0 ? e : new Entry(e.frame, e.flags & ~PAGE_WRITE));
    space(parent)
        .pages
        .forEach((page, e) -> {
          frameRetain(e.frame);
          space(child).pages.put(page, e);
        });
    return 0;
  }

  @Override
  public long spaceResident(int space) {
    return space(space).pages.size();
  }

  @Override
  public int spaceWrite(int space, long address, byte[] source, int sourceOffset, int bytes) {
    int done = 0;
    while (done < bytes) {
      Entry e = space(space).pages.get((address + done) / PAGE);
      if (e == null) {
        break;
      }
      int at = (int) ((address + done) % PAGE);
      int piece = Math.min(bytes - done, PAGE - at);
      frameWrite(e.frame, at, source, sourceOffset + done, piece);
      done += piece;
    }
    return done;
  }

  @Override
  public int spaceRead(int space, long address, byte[] target, int targetOffset, int bytes) {
    int done = 0;
    while (done < bytes) {
      Entry e = space(space).pages.get((address + done) / PAGE);
      if (e == null) {
        break;
      }
      int at = (int) ((address + done) % PAGE);
      int piece = Math.min(bytes - done, PAGE - at);
      frameRead(e.frame, at, target, targetOffset + done, piece);
      done += piece;
    }
    return done;
  }

  @Override
  public int taskSpace(int task, int space) {
    taskSpaces.put(task, space);
    return 0;
  }

  @Override
  public void keep(StateWriter state) {
    kept = state.toBytes();
  }

  @Override
  public Machine machine() {
    throw new UnsupportedOperationException("a server has no virtual CPU");
  }
}
