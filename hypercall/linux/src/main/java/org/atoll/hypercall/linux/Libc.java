package org.atoll.hypercall.linux;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.util.Arrays;
import org.atoll.abi.Errno;

/**
 * The C library of the host: the few functions that a node calls, on the call layer of JNR-FFI.
 *
 * <p>All arguments are 64-bit words, addresses are plain numbers. Results are the function's, or a
 * negated errno. Callable from any thread. Making one costs about 60 ms of class loading, once.
 */
public final class Libc {

  /** {@code AT_EMPTY_PATH} of statx(2). */
  private static final long AT_EMPTY_PATH = 0x1000;

  /** {@code STATX_BASIC_STATS}. */
  private static final long STATX_BASIC_STATS = 0x7ff;

  private final Library library;
  private final Invoker invoker = Invoker.getInstance();
  private final CallContext[] contexts = new CallContext[7];
  private final long mmap;
  private final long munmap;
  private final long getrandom;
  private final long poll;
  private final long read;
  private final long write;
  private final long recv;
  private final long send;
  private final long open;
  private final long fcntl;
  private final long ioctl;
  private final long statx;
  private final long eventfd;

  /** Loads the library and looks the functions up. */
  public Libc() {
    library = Library.getCachedInstance("libc.so.6", Library.LAZY | Library.LOCAL);
    if (library == null) {
      throw new IllegalStateException("cannot load libc.so.6: " + Library.getLastError());
    }
    mmap = symbol("mmap");
    munmap = symbol("munmap");
    getrandom = symbol("getrandom");
    poll = symbol("poll");
    read = symbol("read");
    write = symbol("write");
    recv = symbol("recv");
    send = symbol("send");
    open = symbol("open");
    fcntl = symbol("fcntl");
    ioctl = symbol("ioctl");
    statx = symbol("statx");
    eventfd = symbol("eventfd");
    for (int arguments = 1; arguments < contexts.length; arguments++) {
      contexts[arguments] = context(arguments);
    }
  }

  long mmap(long bytes, int protection, int flags) {
    long address = invoker.invokeN6(contexts[6], mmap, 0, bytes, protection, flags, -1, 0);
    return address == -1 ? -LastError.getInstance().get() : address;
  }

  int munmap(long address, long bytes) {
    return call(munmap, address, bytes, 0);
  }

  int getrandom(long address, int bytes) {
    return call(getrandom, address, bytes, 0);
  }

  /** poll(2) over {@link PollSet}'s rows; interrupted waits are begun again. */
  int poll(long address, int count, int timeoutMillis) {
    int ready = call(poll, address, count, timeoutMillis);
    while (ready == -Errno.EINTR) {
      ready = call(poll, address, count, timeoutMillis);
    }
    return ready;
  }

  int read(int fd, long address, int bytes) {
    return call(read, fd, address, bytes);
  }

  int write(int fd, long address, int bytes) {
    return call(write, fd, address, bytes);
  }

  int recv(int socket, long address, int bytes, int flags) {
    return call(recv, socket, address, bytes, flags);
  }

  int send(int socket, long address, int bytes, int flags) {
    return call(send, socket, address, bytes, flags);
  }

  /** open(2) of a path that ends with a NUL. */
  int open(long path, int flags) {
    return call(open, path, flags, 0);
  }

  int fcntl(int fd, int command) {
    return call(fcntl, fd, command, 0);
  }

  int ioctl(int fd, long request, long address) {
    return call(ioctl, fd, request, address);
  }

  /** statx(2) of a descriptor; the path is an empty one that ends with a NUL. */
  int statx(int fd, long emptyPath, long status) {
    return (int)
        result(
            (int)
                invoker.invokeN5(
                    contexts[5], statx, fd, emptyPath, AT_EMPTY_PATH, STATX_BASIC_STATS, status));
  }

  int eventfd(int flags) {
    return call(eventfd, 0, flags, 0);
  }

  /** Address of a function. */
  long symbol(String name) {
    long address = library.getSymbolAddress(name);
    if (address == 0) {
      throw new IllegalStateException("the host's libc has no " + name);
    }
    return address;
  }

  /** Calls a function of three words that answers an int. */
  int call(long function, long a, long b, long c) {
    return (int) result((int) invoker.invokeN3(contexts[3], function, a, b, c));
  }

  /** Calls a function of four words that answers an int. */
  int call(long function, long a, long b, long c, long d) {
    return (int) result((int) invoker.invokeN4(contexts[4], function, a, b, c, d));
  }

  /** Calls a function of five words that answers an int. */
  int call(long function, long a, long b, long c, long d, long e) {
    return (int) result((int) invoker.invokeN5(contexts[5], function, a, b, c, d, e));
  }

  /** Calls a function of three words that answers a long. */
  long word(long function, long a, long b, long c) {
    long value = invoker.invokeN3(contexts[3], function, a, b, c);
    return value == -1 ? -LastError.getInstance().get() : value;
  }

  private static long result(int value) {
    return value == -1 ? -LastError.getInstance().get() : value;
  }

  private static CallContext context(int arguments) {
    Type[] types = new Type[arguments];
    Arrays.fill(types, Type.SINT64);
    return CallContext.getCallContext(Type.SINT64, types, CallingConvention.DEFAULT, true);
  }
}
