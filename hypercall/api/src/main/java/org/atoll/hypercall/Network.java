package org.atoll.hypercall;

/**
 * What a VOS may use of its host's network: ports that are published ({@code -p}), and, where a
 * person allowed it, connections and datagrams to outside.
 *
 * <p>No method waits. A handle is positive and never used twice; one that is not there answers
 * {@code EBADF}. An address is a row of three words: the first and the last eight bytes of an IPv6
 * address (IPv4 is mapped into it) and the port. It is the address as the VOS sees it: its host is
 * {@link #HOST_ADDRESS} and the host's resolver {@link #RESOLVER_ADDRESS}.
 *
 * <p>Results are 0 or positive, or a negated {@link org.atoll.abi.Errno}. Owner: the CPU that runs
 * the network driver.
 */
public interface Network {

  /** Words of an address. */
  int ADDRESS_WORDS = 3;

  /** The host as the VOS names it, 10.64.0.254. */
  int HOST_ADDRESS = 10 << 24 | 64 << 16 | 254;

  /** The host's resolver as the VOS names it, 10.64.0.253. */
  int RESOLVER_ADDRESS = 10 << 24 | 64 << 16 | 253;

  /** The lower half of an IPv4 address that is mapped into IPv6, without the address. */
  long MAPPED = 0xffffL << 32;

  /** Kind of a published port: connections. */
  int STREAM = 1;

  /** Kind of a published port: datagrams. */
  int DATAGRAM = 2;

  /** What {@link #begin} answers where connections and datagrams to outside are allowed. */
  int OUTGOING = 1;

  /** Most bytes of one READ or WRITE, and of a datagram. */
  int BYTES_MAX = 65_536;

  /** Closes whatever an earlier driver had open, but published ports; {@link #OUTGOING} or 0. */
  int begin();

  /**
   * A published port, or {@code -ENOENT} behind the last.
   *
   * @param port its words become the kind ({@link #STREAM}, {@link #DATAGRAM}) and the port in the
   *     VOS
   * @return its handle
   */
  long published(int index, long[] port);

  /** Begins a connection; its handle. {@link #status} tells how it went. */
  long connect(long[] address);

  /**
   * A socket for datagrams, to and from one address alone, or any when its port is 0; its handle.
   */
  long datagrams(long[] to);

  /** Takes a connection that arrived; its handle, {@code -EAGAIN} when there is none. */
  long accept(long handle, long[] from);

  /** 0: connected, {@code -EINPROGRESS}, or why it failed. */
  int status(long handle);

  /** Takes bytes that are there; 0 at the end, {@code -EAGAIN} when there are none yet. */
  int read(long handle, byte[] target, int bytes);

  /** Hands over bytes; how many were taken, {@code -EAGAIN} when there is no room. */
  int write(long handle, byte[] source, int bytes);

  /** Takes a datagram that is there; its bytes, {@code -EAGAIN}, or {@code -ECONNREFUSED}. */
  int receive(long handle, byte[] target, long[] from);

  /** Sends a datagram; one that finds no room is lost. */
  int send(long handle, long[] to, byte[] source, int bytes);

  /** No more bytes follow those that were handed over. */
  int shutdown(long handle);

  /** How {@link #close} closes: what was handed over still goes out. */
  int AFTER_ALL = 0;

  /** How {@link #close} closes: the other end is told of a reset. */
  int RESET = 1;

  /** Closes a handle. */
  int close(long handle, int how);

  /**
   * Takes out handles at which something happened since they were last told; how many. The channel
   * is raised when there is a first one.
   */
  int ready(long[] handles);

  /** A driver that begins anew has to be told of its back. */
  void greet();

  /** Names the channel that is raised; called once, before the driver runs. */
  void channel(EventChannel channel);
}
