package org.atoll.abi;

/**
 * Kernel calls that act at once, on this node, in the middle of a turn. Which a task may make is in
 * its privileges; a call that they do not allow answers {@code -EPERM}, or ends the task with a
 * {@link SecurityException} where it has no result to say so.
 *
 * <p>Results are 0 or positive, or a negated {@link Errno}. Kernel calls that concern tasks are
 * messages to the node's kernel instead ({@code org.atoll.abi.protocol.KernelProtocol}), so that
 * they can be made from another node.
 */
public interface KernelCalls {

  // ---- time and chance

  /** Nanoseconds of the node's monotonic clock, from the start of the VOS. */
  long nowNanos();

  /** Nanoseconds since the Epoch. */
  long wallNanos();

  /** Fills with random bytes of the host's generator. */
  void random(byte[] target, int offset, int bytes);

  /** Sets, or moves, this task's alarm {@code tag} to {@code delayNanos} from now. */
  void setAlarm(long tag, long delayNanos);

  /** Takes an alarm back; one that is not set is no error. */
  void cancelAlarm(long tag);

  /** Instructions retired by a process of this node. */
  long retiredBy(int task);

  /** Nanoseconds of CPU time charged to a task of this node. */
  long cpuNanosOf(int task);

  /** What of that was spent in the task's own code; the rest in turns, its own or for it. */
  long userNanosOf(int task);

  /** Leaves the rest of this task's quantum to others that are as urgent. */
  void giveWay();

  /** The answer of {@link #passed}: nothing has happened. */
  int WENT_ON = 0;

  /** The answer of {@link #passed}: others had their turns meanwhile. */
  int INTERRUPTED = 1;

  /** The answer of {@link #passed}: the turn is to throw, its task is ended or begins anew. */
  int ENDED = 2;

  /**
   * This turn has done so much work. Where it has had its time and may be interrupted (see {@link
   * Handler#mayBeInterrupted}), others have their turns before this one goes on; what it sends
   * still waits for its end.
   *
   * @param work in instructions, or what takes as long
   * @return {@link #WENT_ON}, {@link #INTERRUPTED} or {@link #ENDED}
   */
  default int passed(int work) {
    return WENT_ON;
  }

  // ---- buffers of a request that this task is serving (implicit grants)

  /** Bytes of the request's in-buffer. */
  int inBytes(long request);

  /** Room in the request's out-buffer. */
  int outBytes(long request);

  /** Copies from the in-buffer; the range must lie in it, or {@code -EFAULT}. Returns bytes. */
  int copyIn(long request, int offset, byte[] target, int targetOffset, int bytes);

  /** Copies from the in-buffer into a frame. */
  int copyInToFrame(long request, int offset, int frame, int frameOffset, int bytes);

  /**
   * Copies into the out-buffer. What was written, from the lowest to the highest offset, must be
   * without holes when the request is answered: to another node, it travels as one piece.
   */
  int copyOut(long request, int offset, byte[] source, int sourceOffset, int bytes);

  /** Copies from a frame into the out-buffer. */
  int copyOutFromFrame(long request, int offset, int frame, int frameOffset, int bytes);

  // ---- explicit grants: revocable, checked for bounds and rights

  /** Lets {@code grantee} read and/or write a range of a frame. Returns a grant id, positive. */
  int grantFrame(int grantee, int frame, int offset, int bytes, int rights);

  /** Lets {@code grantee} read and/or write a range of this process's memory. */
  int grantMemory(int grantee, long address, long bytes, int rights);

  /** Takes a grant back: later copies fail with {@code EPERM}. */
  int revoke(int grant);

  /** Copies {@code bytes} from a grant of {@code granter}, on this node, starting at offset. */
  int safecopyFrom(int granter, int grant, long offset, byte[] target, int targetOffset, int bytes);

  /** Copies {@code bytes} into a grant of {@code granter}, on this node. */
  int safecopyTo(int granter, int grant, long offset, byte[] source, int sourceOffset, int bytes);

  /** Right to read through a grant. */
  int GRANT_READ = 1;

  /** Right to write through a grant. */
  int GRANT_WRITE = 2;

  // ---- frames of this node's memory: zeroed 4 KiB, counted references

  /** A zeroed frame with one reference, or {@code -ENOMEM}. */
  int frameAllocate();

  /** One reference more. */
  void frameRetain(int frame);

  /** One reference less; the last gives the frame back. */
  void frameRelease(int frame);

  /**
   * Leaves a reference to who is told of the frame in this turn, and will release it. What a task
   * still holds when it begins anew or ends is released by the kernel.
   */
  void frameGive(int frame);

  /** References of a frame. */
  int frameReferences(int frame);

  /** Copies within memory, from frame to frame. */
  void frameCopy(int from, int fromOffset, int to, int toOffset, int bytes);

  /** Reads from a frame. */
  void frameRead(int frame, int offset, byte[] target, int targetOffset, int bytes);

  /** Writes into a frame. */
  void frameWrite(int frame, int offset, byte[] source, int sourceOffset, int bytes);

  /** Zeroes part of a frame. */
  void frameZero(int frame, int offset, int bytes);

  /** Frames of this node in all. */
  int framesTotal();

  /** Frames that are free. */
  int framesFree();

  // ---- address spaces of this node: page tables, as an MMU has them; what they mean is VM's.
  // The tables take frames; what needs one and finds none answers -ENOMEM and changes nothing.

  /** Page may be read. */
  int PAGE_READ = 1;

  /** Page may be written. */
  int PAGE_WRITE = 2;

  /** Page may be executed. */
  int PAGE_EXECUTE = 4;

  /** Page stays shared over a fork. */
  int PAGE_SHARED = 8;

  /** Page was written since the bit was last cleared (set by the virtual CPU). */
  int PAGE_DIRTY = 16;

  /** A new, empty address space with one reference; its id, positive. */
  int spaceCreate();

  /** One reference more to a space (vfork, threads). */
  void spaceRetain(int space);

  /** One reference less; the last releases all its frames. */
  void spaceRelease(int space);

  /**
   * Enters a frame at a page number (address / 4096), taking over one reference to it. Errors:
   * ENOMEM, EINVAL.
   */
  int spaceMap(int space, long page, int frame, int flags);

  /** Removes {@code count} pages, releasing their frames. */
  int spaceUnmap(int space, long page, long count);

  /** Changes read, write and execute of the pages that are present. */
  int spaceProtect(int space, long page, long count, int flags);

  /**
   * Moves the entries of {@code count} pages to where there are none (mremap). Errors: ENOMEM,
   * EINVAL (the ranges overlap, or the new one is not free).
   */
  int spaceMove(int space, long fromPage, long toPage, long count);

  /** The frame at a page, or -1 when none is present. */
  int spaceFrame(int space, long page);

  /** The PAGE_ flags at a page; 0 when none is present. */
  int spaceFlags(int space, long page);

  /**
   * Enters every page of {@code parent} in {@code child}, retaining frames; pages that are not
   * PAGE_SHARED lose PAGE_WRITE in both, so that the first write faults. Errors: ENOMEM; the child
   * is empty then.
   */
  int spaceShare(int parent, int child);

  /** Pages present. */
  long spaceResident(int space);

  /** Copies into a space's present pages whatever their rights; bytes copied. */
  int spaceWrite(int space, long address, byte[] source, int sourceOffset, int bytes);

  /** Copies from a space's present pages whatever their rights; bytes copied. */
  int spaceRead(int space, long address, byte[] target, int targetOffset, int bytes);

  /** Gives a process of this node, which is at rest, another address space. Retains nothing. */
  int taskSpace(int task, int space);

  // ---- this task itself

  /**
   * Keeps a state in the place of what was kept before, from the end of this turn on; a turn that
   * throws keeps nothing. It is what {@link Handler#restore} gets when this task begins anew.
   */
  void keep(StateWriter state);

  /** The virtual CPU and memory of this task, if it is a process. */
  Machine machine();
}
