package org.atoll.hypercall;

/** The host's network behind the gate: each hypercall is checked, counted and shown. */
final class GuardedNetwork implements Network {

  private final Hypercalls gate;
  private final Caller by;
  private final Network network;

  GuardedNetwork(Hypercalls gate, Caller by, Network network) {
    this.gate = gate;
    this.by = by;
    this.network = network;
  }

  /** Hypercall NET_BEGIN. */
  @Override
  public int begin() {
    int refusal = gate.enter(by, Hypercall.NET_BEGIN);
    long result = refusal < 0 ? refusal : network.begin();
    return (int) gate.over(by, Hypercall.NET_BEGIN, 0, result);
  }

  /** Hypercall NET_PUBLISHED. */
  @Override
  public long published(int index, long[] port) {
    int refusal = gate.enter(by, Hypercall.NET_PUBLISHED);
    long result = refusal < 0 ? refusal : network.published(index, port);
    return gate.over(by, Hypercall.NET_PUBLISHED, index, result);
  }

  /** Hypercall NET_CONNECT. */
  @Override
  public long connect(long[] address) {
    int refusal = gate.enter(by, Hypercall.NET_CONNECT);
    long result = refusal < 0 ? refusal : network.connect(address);
    return gate.over(by, Hypercall.NET_CONNECT, address[2], result);
  }

  /** Hypercall NET_DATAGRAMS. */
  @Override
  public long datagrams(long[] to) {
    int refusal = gate.enter(by, Hypercall.NET_DATAGRAMS);
    long result = refusal < 0 ? refusal : network.datagrams(to);
    return gate.over(by, Hypercall.NET_DATAGRAMS, to[2], result);
  }

  /** Hypercall NET_ACCEPT. */
  @Override
  public long accept(long handle, long[] from) {
    int refusal = gate.enter(by, Hypercall.NET_ACCEPT);
    long result = refusal < 0 ? refusal : network.accept(handle, from);
    return gate.over(by, Hypercall.NET_ACCEPT, handle, result);
  }

  /** Hypercall NET_STATUS. */
  @Override
  public int status(long handle) {
    int refusal = gate.enter(by, Hypercall.NET_STATUS);
    long result = refusal < 0 ? refusal : network.status(handle);
    return (int) gate.over(by, Hypercall.NET_STATUS, handle, result);
  }

  /** Hypercall NET_READ. */
  @Override
  public int read(long handle, byte[] target, int bytes) {
    int refusal = gate.enter(by, Hypercall.NET_READ);
    long result = refusal < 0 ? refusal : network.read(handle, target, bytes);
    return (int) gate.over(by, Hypercall.NET_READ, handle, result);
  }

  /** Hypercall NET_WRITE. */
  @Override
  public int write(long handle, byte[] source, int bytes) {
    int refusal = gate.enter(by, Hypercall.NET_WRITE);
    long result = refusal < 0 ? refusal : network.write(handle, source, bytes);
    return (int) gate.over(by, Hypercall.NET_WRITE, handle, result);
  }

  /** Hypercall NET_RECEIVE. */
  @Override
  public int receive(long handle, byte[] target, long[] from) {
    int refusal = gate.enter(by, Hypercall.NET_RECEIVE);
    long result = refusal < 0 ? refusal : network.receive(handle, target, from);
    return (int) gate.over(by, Hypercall.NET_RECEIVE, handle, result);
  }

  /** Hypercall NET_SEND. */
  @Override
  public int send(long handle, long[] to, byte[] source, int bytes) {
    int refusal = gate.enter(by, Hypercall.NET_SEND);
    long result = refusal < 0 ? refusal : network.send(handle, to, source, bytes);
    return (int) gate.over(by, Hypercall.NET_SEND, handle, result);
  }

  /** Hypercall NET_SHUTDOWN. */
  @Override
  public int shutdown(long handle) {
    int refusal = gate.enter(by, Hypercall.NET_SHUTDOWN);
    long result = refusal < 0 ? refusal : network.shutdown(handle);
    return (int) gate.over(by, Hypercall.NET_SHUTDOWN, handle, result);
  }

  /** Hypercall NET_CLOSE. */
  @Override
  public int close(long handle, int how) {
    int refusal = gate.enter(by, Hypercall.NET_CLOSE);
    long result = refusal < 0 ? refusal : network.close(handle, how);
    return (int) gate.over(by, Hypercall.NET_CLOSE, handle, result);
  }

  /** Hypercall NET_READY. */
  @Override
  public int ready(long[] handles) {
    int refusal = gate.enter(by, Hypercall.NET_READY);
    long result = refusal < 0 ? refusal : network.ready(handles);
    return (int) gate.over(by, Hypercall.NET_READY, 0, result);
  }

  @Override
  public void greet() {
    network.greet();
  }

  @Override
  public void channel(EventChannel channel) {
    network.channel(channel);
  }
}
