package org.atoll.servers.vm;

import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.VmProtocol;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.libsys.Server;
import org.atoll.libsys.ServerLoop;

/** The memory server of one node: hands each call, and each answer, to the class of its theme. */
public final class VmServer implements Server, VmProtocol.Service {

  private static final Step[] STEPS = Step.values();

  private final State state = new State();
  private final Fetching fetching = new Fetching(state);
  private final Paging paging = new Paging(state, fetching);
  private final Faults faults = new Faults(state, paging);
  private final Mapping mapping = new Mapping(state, paging);
  private final Reprotection reprotection = new Reprotection(state);
  private final Remapping remapping = new Remapping(state);
  private final Advice advice = new Advice(state);
  private final Heap heap = new Heap(state);
  private final Exec exec = new Exec(state);
  private final RegionListing regions = new RegionListing(state);
  private final SharedFutexes futexes = new SharedFutexes(state);
  private final Lifecycle lifecycle = new Lifecycle(state, exec, faults, futexes);

  private VmServer() {}

  /** The server's task at boot: no process, nothing cached. */
  public static Handler create() {
    return new ServerLoop(VmServer::new);
  }

  @Override
  public Rows calls() {
    return state.calls;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    VmProtocol.dispatch(this, turn, request, m);
  }

  @Override
  public void resume(Turn turn, Row row, Message m) {
    switch (STEPS[row.step]) {
      case IGNORE -> {}
      case PAGE_FETCHED -> {
        long key = row.w0;
        faults.pageCame(turn, key, fetching.fetched(turn, row, m.w0, m.w1, m.w3));
      }
      case MMAP_FILE -> mapping.fileReady(turn, row, m);
      case EXEC_MAP_FILE -> exec.fileReady(turn, row, m);
    }
  }

  @Override
  public void alarm(Turn turn, long tag) {
    state.giveBackOwed(turn);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    if (!futexes.cancelled(turn, request)) {
      faults.cancelled(turn, request);
    }
  }

  @Override
  public void fault(Turn turn, long request, long address, long access) {
    faults.fault(turn, request, address, access);
  }

  @Override
  public void populate(Turn turn, long request, long address, long bytes, long access) {
    faults.populate(turn, request, address, bytes, access);
  }

  @Override
  public void mmap(
      Turn turn,
      long request,
      long address,
      long bytes,
      long protection,
      long flags,
      long fd,
      long offset) {
    mapping.map(turn, request, address, bytes, protection, flags, fd, offset);
  }

  @Override
  public void munmap(Turn turn, long request, long address, long bytes) {
    mapping.unmap(turn, request, address, bytes);
  }

  @Override
  public void mprotect(Turn turn, long request, long address, long bytes, long protection) {
    reprotection.protect(turn, request, address, bytes, protection);
  }

  @Override
  public void mremap(
      Turn turn,
      long request,
      long address,
      long oldBytes,
      long newBytes,
      long flags,
      long newAddress) {
    remapping.remap(turn, request, address, oldBytes, newBytes, flags, newAddress);
  }

  @Override
  public void madvise(Turn turn, long request, long address, long bytes, long advice) {
    this.advice.advise(turn, request, address, bytes, advice);
  }

  @Override
  public void msync(Turn turn, long request, long address, long bytes, long flags) {
    advice.sync(turn, request, address, bytes, flags);
  }

  @Override
  public void mincore(Turn turn, long request, long address, long bytes) {
    advice.incore(turn, request, address, bytes);
  }

  @Override
  public void brk(Turn turn, long request, long address) {
    heap.moveBreak(turn, request, address);
  }

  @Override
  public void execBegin(Turn turn, long request) {
    exec.begin(turn, request);
  }

  @Override
  public void execMap(
      Turn turn,
      long request,
      long address,
      long fileBytes,
      long bytes,
      long protection,
      long fd,
      long offset) {
    exec.map(turn, request, address, fileBytes, bytes, protection, fd, offset);
  }

  @Override
  public void execStack(Turn turn, long request, long top, long bytes) {
    exec.stack(turn, request, top, bytes);
  }

  @Override
  public void execWrite(Turn turn, long request, long address) {
    faults.execWrite(turn, request, address);
  }

  @Override
  public void execCommit(Turn turn, long request, long programBreak) {
    exec.commit(turn, request, programBreak);
  }

  @Override
  public void execAbort(Turn turn, long request) {
    exec.abort(turn, request);
  }

  @Override
  public void limit(Turn turn, long request, long resource, long bytes, long task) {
    lifecycle.limit(turn, request, resource, bytes, (int) task);
  }

  @Override
  public void info(Turn turn, long request, long task) {
    lifecycle.info(turn, request, (int) task);
  }

  @Override
  public void totals(Turn turn, long request) {
    lifecycle.totals(turn, request);
  }

  @Override
  public void regions(Turn turn, long request, long task, long page) {
    regions.list(turn, request, (int) task, page);
  }

  @Override
  public void fork(Turn turn, long request, long parent, long child, long flags) {
    lifecycle.fork(turn, request, (int) parent, (int) child, flags);
  }

  @Override
  public void exit(Turn turn, long request, long task) {
    lifecycle.exit(turn, request, (int) task);
  }

  @Override
  public void futexWait(Turn turn, long request, long address, long value, long bits) {
    futexes.await(turn, request, address, value, bits);
  }

  @Override
  public void futexWake(Turn turn, long request, long address, long count, long bits) {
    futexes.wake(turn, request, address, count, bits);
  }

  @Override
  public void futexRequeue(
      Turn turn, long request, long address, long wakes, long second, long moves) {
    futexes.requeue(turn, request, address, wakes, second, moves);
  }

  @Override
  public void futexLock(Turn turn, long request, long address, long thread, long waits) {
    futexes.lock(turn, request, address, thread, waits != 0);
  }

  @Override
  public void futexUnlock(Turn turn, long request, long address, long thread, long left) {
    futexes.unlock(turn, request, address, thread, left != 0);
  }

  @Override
  public void save(StateWriter out) {
    state.save(out);
  }

  @Override
  public void load(StateReader in) {
    state.load(in);
  }
}
