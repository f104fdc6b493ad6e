package org.atoll.abi.protocol;

import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.Signature;
import org.atoll.abi.Turn;

/**
 * What a driver of character devices answers; VFS calls it (MINIX's CDEV calls). An open file
 * description is a handle, which OPEN answers and CLOSE ends; a device may be another thing at each
 * OPEN, as /dev/ptmx is.
 *
 * <p>{@code pid} is the process that VFS asks for. Every call that can wait is answered EINTR (or
 * with its progress) when cancelled.
 */
public final class DeviceProtocol {

  /** Flag: answer EAGAIN (WATCH: 0) where the call would have to wait. */
  public static final int NO_WAIT = 1;

  /** Flag: the process blocks or ignores SIGTTIN. */
  public static final int SIGTTIN_OFF = 2;

  /** Flag: the process blocks or ignores SIGTTOU. */
  public static final int SIGTTOU_OFF = 4;

  private DeviceProtocol() {}

  /** The calls, by number. */
  public enum Call implements ProtocolCall {

    /**
     * Opens a device by its number, with the flags of open(2); uid and gid are the process's
     * effective ones. Errors: ENXIO, EIO, EBUSY, ENOSPC.
     */
    OPEN(0x900, "device:x flags:o pid uid gid", "handle"),

    /** The last descriptor of a handle is gone. May also be sent one-way. */
    CLOSE(0x901, "handle", "result"),

    /** As read(2). Errors: EIO, EAGAIN, EINTR (also: the process is about to be stopped). */
    READ(0x902, "handle bytes flags:x pid >data", "bytes"),

    /** As write(2). Errors as those of READ. */
    WRITE(0x903, "handle bytes flags:x pid <data", "bytes"),

    /**
     * As ioctl(2), with the operation's structure as buffers. An operation that opens something
     * (TIOCGPTPEER) answers the handle of that and the inode that it has in the file system which
     * the driver serves. Errors: ENOTTY, EINVAL, EPERM, EIO, EINTR.
     */
    IOCTL(0x904, "handle operation:x argument flags:x pid <in >out", "result handle inode"),

    /** Answered when one of the events of poll(2), or POLLERR or POLLHUP, is there. */
    WATCH(0x905, "handle events:x flags:x", "events:x");

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

  /** What a driver does for each call. Words keep their 64 bits; the driver checks them. */
  public interface Service {

    /** {@link Call#OPEN}. */
    void open(Turn turn, long request, long device, long flags, long pid, long uid, long gid);

    /** {@link Call#CLOSE}; request is 0 when it was sent one-way. */
    void close(Turn turn, long request, long handle);

    /** {@link Call#READ}. */
    void read(Turn turn, long request, long handle, long bytes, long flags, long pid);

    /** {@link Call#WRITE}. */
    void write(Turn turn, long request, long handle, long bytes, long flags, long pid);

    /** {@link Call#IOCTL}. */
    void ioctl(
        Turn turn, long request, long handle, long operation, long argument, long flags, long pid);

    /** {@link Call#WATCH}. */
    void watch(Turn turn, long request, long handle, long events, long flags);
  }

  /** Whether a message is one of these calls. */
  public static boolean isCall(int type) {
    return type >= CALLS[0].number && type < CALLS[0].number + CALLS.length;
  }

  /** Hands a request to its method; answers ENOSYS to a number that is no call. */
  public static void dispatch(Service service, Turn turn, long request, Message m) {
    if (!isCall(m.type)) {
      turn.reply(request, -Errno.ENOSYS);
      return;
    }
    switch (CALLS[m.type - CALLS[0].number]) {
      case null -> throw new AssertionError("makes the compiler ask for every call below");
      case OPEN -> service.open(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case CLOSE -> service.close(turn, request, m.w0);
      case READ -> service.read(turn, request, m.w0, m.w1, m.w2, m.w3);
      case WRITE -> service.write(turn, request, m.w0, m.w1, m.w2, m.w3);
      case IOCTL -> service.ioctl(turn, request, m.w0, m.w1, m.w2, m.w3, m.w4);
      case WATCH -> service.watch(turn, request, m.w0, m.w1, m.w2);
    }
  }
}
