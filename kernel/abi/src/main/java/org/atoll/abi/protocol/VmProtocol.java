package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * The virtual memory server of a node: address spaces, mappings, faults, the page cache.
 *
 * <p>A process calls for itself. Between EXEC_BEGIN and EXEC_COMMIT it builds a second space, which
 * replaces the first as a whole. Addresses and lengths are bytes.
 */
public final class VmProtocol {

  private VmProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * A page is missing or its rights do not allow the access (PAGE_READ, PAGE_WRITE or
     * PAGE_EXECUTE). 0: try again. Errors: EFAULT (nothing mapped there: SEGV_MAPERR), EACCES
     * (SEGV_ACCERR), EIO (beyond the end of the file: SIGBUS), ENOMEM.
     */
    FAULT(0x400, "address:x access", "result"),

    /**
     * Makes the pages of a range present for the access, as FAULT would; result: how many bytes
     * from {@code address} on are (0 bytes: EFAULT). At most 1 MiB a call.
     */
    POPULATE(0x401, "address:x bytes access", "bytes"),

    /**
     * As mmap(2), Linux flag values. Errors: EINVAL, ENOMEM, EBADF, EACCES, ENODEV, EEXIST,
     * EOVERFLOW.
     */
    MMAP(0x402, "address:x bytes protection:x flags:x fd offset", "address:x"),

    /** As munmap(2). Errors: EINVAL. */
    MUNMAP(0x403, "address:x bytes", "result"),

    /** As mprotect(2). Errors: EINVAL, ENOMEM, EACCES. */
    MPROTECT(0x404, "address:x bytes protection:x", "result"),

    /** As mremap(2). Errors: EINVAL, EFAULT, ENOMEM. */
    MREMAP(0x405, "address:x oldBytes newBytes flags:x newAddress:x", "address:x"),

    /** As madvise(2). MADV_DONTNEED drops private pages. Errors: EINVAL, ENOMEM. */
    MADVISE(0x406, "address:x bytes advice", "result"),

    /** As msync(2). Errors: EINVAL, ENOMEM. */
    MSYNC(0x407, "address:x bytes flags", "result"),

    /** As mincore(2). Errors: EINVAL, ENOMEM. */
    MINCORE(0x408, "address:x bytes >vector", "result"),

    /** As the brk system call: the new break, or the old one when it cannot be moved. */
    BRK(0x409, "address:x", "address:x"),

    /** Begins a second, empty space for the caller; one that was begun before is dropped. */
    EXEC_BEGIN(0x40a, "", "result"),

    /**
     * In the second space: a private mapping of {@code fileBytes} of the file from {@code offset}
     * on, zeros up to {@code bytes}. All page-aligned as in an ELF segment after rounding; fd -1:
     * all zeros. Errors: ENOMEM, EINVAL, EBADF, EOVERFLOW.
     */
    EXEC_MAP(0x40b, "address:x fileBytes bytes protection:x fd offset", "result"),

    /**
     * In the second space: the stack's mapping, ending at {@code top}, which may grow down to the
     * limit {@code bytes}.
     */
    EXEC_STACK(0x40c, "top:x bytes", "result"),

    /** Writes into the second space, making pages present. Errors: EFAULT, ENOMEM. */
    EXEC_WRITE(0x40d, "address:x <data", "bytes"),

    /** The second space replaces the caller's; the break starts there. */
    EXEC_COMMIT(0x40e, "programBreak:x", "result"),

    /** Drops the second space. */
    EXEC_ABORT(0x40f, "", "result"),

    /**
     * RLIMIT_DATA (2), RLIMIT_STACK (3), RLIMIT_AS (9); -1: unlimited. Of the caller when there is
     * no task, or from PM of another process. Errors: EINVAL, EPERM.
     */
    LIMIT(0x410, "resource bytes task:ep", "result"),

    /**
     * Sizes of a process; task NONE means the caller. Data is what is mapped privately to be
     * written, without stacks; executable is what is mapped to be executed and not to be written.
     */
    INFO(
        0x411,
        "task:ep",
        "result mappedBytes residentBytes peakBytes dataBytes stackBytes executableBytes"),

    /** Memory of the node. */
    TOTALS(0x412, "", "totalBytes freeBytes cachedBytes"),

    /**
     * From PM: the child's space is a lazy copy of the parent's; flags 1: it is the parent's
     * (vfork). Errors: ENOMEM.
     */
    FORK(0x413, "parent:ep child:ep flags", "result"),

    /** From PM: the process is gone, or has left this node; its peak of resident memory. */
    EXIT(0x414, "task:ep", "result peakBytes"),

    /**
     * As FUTEX_WAIT_BITSET of futex(2) without timeout, at a word of memory that processes share;
     * answered 0 when it is woken. Errors: EAGAIN (another value), EFAULT, EINVAL (memory that is
     * not shared), EINTR (cancelled).
     */
    FUTEX_WAIT(0x415, "address:x value bits:x", "result"),

    /** As FUTEX_WAKE_BITSET of futex(2), there. Errors: EINVAL. */
    FUTEX_WAKE(0x416, "address:x count bits:x", "woken"),

    /** As FUTEX_REQUEUE of futex(2), there: how many were woken or moved. Errors: EINVAL. */
    FUTEX_REQUEUE(0x417, "address:x wakes second:x moves", "result"),

    /**
     * From servers: the mappings of a process from a page on, as {@link RegionRecord}s; one whose
     * pages are many comes in several, one after the other. Next is the page where those begin that
     * are left, 0 when none are. Errors: ESRCH, EPERM.
     */
    REGIONS(0x418, "task:ep page:x >table", "count next:x"),

    /**
     * As FUTEX_LOCK_PI of futex(2) without timeout, at a word of memory that processes share and
     * that the caller may write; as FUTEX_TRYLOCK_PI when it may not wait. Errors: EDEADLK (the
     * thread has it), EAGAIN (may not wait), EFAULT, EINVAL (memory that is not shared), EINTR
     * (cancelled).
     */
    FUTEX_LOCK(0x419, "address:x thread waits", "result"),

    /**
     * As FUTEX_UNLOCK_PI of futex(2), there: the first that waits has the lock. Left: 1 when its
     * owner is over, which the next one is told. Errors: EPERM (the thread has it not), EFAULT,
     * EINVAL.
     */
    FUTEX_UNLOCK(0x41a, "address:x thread left", "result");

    private final int number;
    private final Signature signature;

    Call(int number, String request, String answer) {
      this.number = number;
      this.signature = Signature.of(request, answer);
    }

    @Override
    public int number() {
      return number;
    }

    @Override
    public Signature signature() {
      return signature;
    }
  }

  private static final Call[] CALLS = Call.values();

  /** What the server does for each call. Words keep their 64 bits; the server checks them. */
  public interface Service {

    /** {@link Call#FAULT}. */
    void fault(Turn turn, long request, long address, long access);

    /** {@link Call#POPULATE}. */
    void populate(Turn turn, long request, long address, long bytes, long access);

    /** {@link Call#MMAP}. */
    void mmap(
        Turn turn,
        long request,
        long address,
        long bytes,
        long protection,
        long flags,
        long fd,
        long offset);

    /** {@link Call#MUNMAP}. */
    void munmap(Turn turn, long request, long address, long bytes);

    /** {@link Call#MPROTECT}. */
    void mprotect(Turn turn, long request, long address, long bytes, long protection);

    /** {@link Call#MREMAP}. */
    void mremap(
        Turn turn,
        long request,
        long address,
        long oldBytes,
        long newBytes,
        long flags,
        long newAddress);

    /** {@link Call#MADVISE}. */
    void madvise(Turn turn, long request, long address, long bytes, long advice);

    /** {@link Call#MSYNC}. */
    void msync(Turn turn, long request, long address, long bytes, long flags);

    /** {@link Call#MINCORE}. */
    void mincore(Turn turn, long request, long address, long bytes);

    /** {@link Call#BRK}. */
    void brk(Turn turn, long request, long address);

    /** {@link Call#EXEC_BEGIN}. */
    void execBegin(Turn turn, long request);

    /** {@link Call#EXEC_MAP}. */
    void execMap(
        Turn turn,
        long request,
        long address,
        long fileBytes,
        long bytes,
        long protection,
        long fd,
        long offset);

    /** {@link Call#EXEC_STACK}. */
    void execStack(Turn turn, long request, long top, long bytes);

    /** {@link Call#EXEC_WRITE}. */
    void execWrite(Turn turn, long request, long address);

    /** {@link Call#EXEC_COMMIT}. */
    void execCommit(Turn turn, long request, long programBreak);

    /** {@link Call#EXEC_ABORT}. */
    void execAbort(Turn turn, long request);

    /** {@link Call#LIMIT}. */
    void limit(Turn turn, long request, long resource, long bytes, long task);

    /** {@link Call#INFO}. */
    void info(Turn turn, long request, long task);

    /** {@link Call#TOTALS}. */
    void totals(Turn turn, long request);

    /** {@link Call#REGIONS}. */
    void regions(Turn turn, long request, long task, long page);

    /** {@link Call#FORK}. */
    void fork(Turn turn, long request, long parent, long child, long flags);

    /** {@link Call#EXIT}. */
    void exit(Turn turn, long request, long task);

    /** {@link Call#FUTEX_WAIT}. */
    void futexWait(Turn turn, long request, long address, long value, long bits);

    /** {@link Call#FUTEX_WAKE}. */
    void futexWake(Turn turn, long request, long address, long count, long bits);

    /** {@link Call#FUTEX_REQUEUE}. */
    void futexRequeue(Turn turn, long request, long address, long wakes, long second, long moves);

    /** {@link Call#FUTEX_LOCK}. */
    void futexLock(Turn turn, long request, long address, long thread, long waits);

    /** {@link Call#FUTEX_UNLOCK}. */
    void futexUnlock(Turn turn, long request, long address, long thread, long left);
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    int index = m.type - CALLS[0].number;
    if (index < 0 || index >= CALLS.length) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[index]) {
      case FAULT -> service.fault(turn, request, m.w0, m.w1);
      case POPULATE -> service.populate(turn, request, m.w0, m.w1, m.w2);
      case MMAP -> service.mmap(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5);
      case MUNMAP -> service.munmap(turn, request, m.w0, m.w1);
      case MPROTECT -> service.mprotect(turn, request, m.w0, m.w1, m.w2);
      case MREMAP -> service.mremap(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case MADVISE -> service.madvise(turn, request, m.w0, m.w1, m.w2);
      case MSYNC -> service.msync(turn, request, m.w0, m.w1, m.w2);
      case MINCORE -> service.mincore(turn, request, m.w0, m.w1);
      case BRK -> service.brk(turn, request, m.w0);
      case EXEC_BEGIN -> service.execBegin(turn, request);
      case EXEC_MAP -> service.execMap(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4, m.w5);
      case EXEC_STACK -> service.execStack(turn, request, m.w0, m.w1);
      case EXEC_WRITE -> service.execWrite(turn, request, m.w0);
      case EXEC_COMMIT -> service.execCommit(turn, request, m.w0);
      case EXEC_ABORT -> service.execAbort(turn, request);
      case LIMIT -> service.limit(turn, request, m.w0, m.w1, m.w2);
      case INFO -> service.info(turn, request, m.w0);
      case TOTALS -> service.totals(turn, request);
      case REGIONS -> service.regions(turn, request, m.w0, m.w1);
      case FORK -> service.fork(turn, request, m.w0, m.w1, m.w2);
      case EXIT -> service.exit(turn, request, m.w0);
      case FUTEX_WAIT -> service.futexWait(turn, request, m.w0, m.w1, m.w2);
      case FUTEX_WAKE -> service.futexWake(turn, request, m.w0, m.w1, m.w2);
      case FUTEX_REQUEUE -> service.futexRequeue(turn, request, m.w0, m.w1, m.w2, m.w3);
      case FUTEX_LOCK -> service.futexLock(turn, request, m.w0, m.w1, m.w2);
      case FUTEX_UNLOCK -> service.futexUnlock(turn, request, m.w0, m.w1, m.w2);
    }
  }
}
