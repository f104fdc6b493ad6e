package org.atoll.servers.rs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.Message;
import org.atoll.abi.Role;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;
import org.atoll.abi.protocol.KernelProtocol;
import org.atoll.abi.protocol.KernelProtocol.Call;
import org.atoll.libsys.LongTable;
import org.atoll.libsys.Row;
import org.atoll.libsys.Rows;
import org.atoll.servers.rs.BootPlan.Policy;
import org.jspecify.annotations.Nullable;

/**
 * The table of services: which there are, and what becomes of one that fails. The first failure
 * within a minute is mended at once, later ones after a delay that doubles, and after too many the
 * service stays down.
 *
 * <p>A service keeps its number, which is its place in the table.
 */
final class Services {

  private static final int NAME_BYTES_MAX = 64;

  /** Exit status when the VOS itself fails. */
  private static final int FAILED = 125;

  /** Tags of alarms from here on revive services. */
  private static final long ALARMS = 0x100;

  /** A listing, or a start, that waits for kernels. */
  private static final class Asked {
    String text;
    int left;

    Asked(String text, int left) {
      this.text = text;
      this.left = left;
    }
  }

  private final Rows calls;
  private final Console console;
  private final Labels labels;
  private final List<Service> all = new ArrayList<>();
  private final LongTable<Asked> asked = new LongTable<>();

  Services(Rows calls, Console console) {
    this.calls = calls;
    this.console = console;
    this.labels = new Labels(calls);
  }

  // ---- what there is

  /** Enters the services of the boot, and watches those that can begin anew. */
  void begin(Turn turn, BootPlan plan) {
    for (BootPlan.BootService service : plan.services()) {
      all.add(new Service(service.name(), service.endpoint(), service.policy()));
      if (service.policy() != Policy.ENDS_THE_VOS) {
        Message m = Call.WATCH.encode(turn.scratch(), service.endpoint());
        call(turn, Endpoint.kernelOf(turn.node()), m, Step.WATCHED, 0, 0, 0);
      }
    }
    all.add(new Service("rs", turn.self(), Policy.ENDS_THE_VOS));
    publishAll(turn);
  }

  /** Whether kernels know what is watched: before that, a failure ends the service for good. */
  boolean areWatched() {
    for (int at = calls.first(); at >= 0; at = calls.next(at)) {
      if (calls.at(at).step == Step.WATCHED.number()) {
        return false;
      }
    }
    return true;
  }

  private void publishAll(Turn turn) {
    for (Service service : all) {
      if (service.endpoint != Endpoint.NONE) {
        labels.publish(turn, service);
      }
    }
  }

  /** A node joined: its VM is a service whose failure ends the node. */
  void joined(Turn turn, long node, int vm) {
    add(turn, new Service("vm@" + node, vm, Policy.ENDS_THE_VOS));
  }

  /** A node is dead, and what was there. */
  void nodeDown(Turn turn, long node) {
    for (int i = 0; i < all.size(); i++) {
      Service service = all.get(i);
      if (service.endpoint != Endpoint.NONE && Endpoint.home(service.endpoint) == node) {
        labels.delete(turn, service);
        all.set(i, new Service("", Endpoint.NONE, Policy.ENDS_THE_VOS));
      }
    }
  }

  private void add(Turn turn, Service service) {
    all.add(service);
    labels.publish(turn, service);
  }

  private int number(String name) {
    for (int i = 0; i < all.size(); i++) {
      if (!name.isEmpty() && all.get(i).name.equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private int numberOf(int endpoint) {
    for (int i = 0; i < all.size(); i++) {
      if (endpoint >= 0 && all.get(i).endpoint == endpoint) {
        return i;
      }
    }
    return -1;
  }

  // ---- what is asked for

  /** Whether the caller of a request may change services: only a service may, such as control. */
  private boolean mayChange(Turn turn, long request) {
    boolean may = numberOf(Turn.caller(request)) >= 0;
    if (!may) {
      turn.reply(request, -Errno.EPERM);
    }
    return may;
  }

  private static @Nullable String name(Turn turn, long request) {
    int bytes = turn.kernel().inBytes(request);
    if (bytes <= 0 || bytes > NAME_BYTES_MAX) {
      turn.reply(request, -Errno.EINVAL);
      return null;
    }
    byte[] name = new byte[bytes];
    turn.kernel().copyIn(request, 0, name, 0, bytes);
    return new String(name, StandardCharsets.UTF_8);
  }

  /** The service that a request names, or -1 after answering it. */
  private int named(Turn turn, long request) {
    String name = name(turn, request);
    int number = name == null ? -1 : number(name);
    if (name != null && number < 0) {
      turn.reply(request, -Errno.ENOENT);
    }
    return number;
  }

  void find(Turn turn, long request) {
    int number = named(turn, request);
    if (number >= 0) {
      turn.reply(request, all.get(number).endpoint);
    }
  }

  void start(Turn turn, long request) {
    String name = mayChange(turn, request) ? name(turn, request) : null;
    if (name == null) {
      return;
    }
    if (number(name) >= 0) {
      turn.reply(request, -Errno.EEXIST);
      return;
    }
    asked.put(request, new Asked(name, 1));
    byte[] image = name.getBytes(StandardCharsets.UTF_8);
    Message m = Call.START.encode(turn.scratch());
    long call = turn.callWithBytes(Endpoint.kernelOf(turn.node()), m, image, image.length, 0);
    calls.add(call, Step.STARTED.number(), request);
  }

  /** {@code how}: see KernelProtocol.RENEW. */
  void renew(Turn turn, long request, int how) {
    int number = mayChange(turn, request) ? named(turn, request) : -1;
    if (number < 0) {
      return;
    }
    Service service = all.get(number);
    if (how == KernelProtocol.RESTART && service.policy != Policy.RESTARTS) {
      turn.reply(request, -Errno.EPERM);
      return;
    }
    Message m = Call.RENEW.encode(turn.scratch(), service.endpoint, how);
    int room = Math.max(0, turn.kernel().outBytes(request));
    long call = turn.callLending(service.kernel(), m, request, 0, 0, 0, room);
    calls.add(call, Step.RENEWED.number(), request, number, how);
  }

  void kill(Turn turn, long request) {
    int number = mayChange(turn, request) ? named(turn, request) : -1;
    if (number >= 0) {
      Service service = all.get(number);
      Message m = Call.FAIL.encode(turn.scratch(), service.endpoint);
      call(turn, service.kernel(), m, Step.RENEWED, request, number, -1);
    }
  }

  void list(Turn turn, long request) {
    Asked listing = new Asked("NAME ENDPOINT NODE VERSION RESTARTS MESSAGES CPU-MS STATE\n", 0);
    for (int i = 0; i < all.size(); i++) {
      Service service = all.get(i);
      if (service.endpoint != Endpoint.NONE) {
        Message m = Call.USAGE.encode(turn.scratch(), service.endpoint);
        call(turn, service.kernel(), m, Step.USAGE_KNOWN, request, i, 0);
        listing.left++;
      }
    }
    asked.put(request, listing);
  }

  private void call(Turn turn, int kernel, Message m, Step step, long w0, long w1, long w2) {
    calls.add(turn.call(kernel, m), step.number(), w0, w1, w2);
  }

  // ---- what is answered

  void resume(Turn turn, Step step, Row row, Message answer) {
    switch (step) {
      case CHECKPOINT_KNOWN -> checkpointKnown(turn, (int) row.w0, answer.w0);
      case REVIVED -> revived(turn, (int) row.w0, answer.w0);
      case RENEWED -> renewed(turn, row, answer);
      case STARTED -> started(turn, row.w0, answer.w0);
      case USAGE_KNOWN -> usageKnown(turn, row.w0, (int) row.w1, answer);
      default -> throw new IllegalStateException("not about services: " + step);
    }
  }

  private void renewed(Turn turn, Row row, Message answer) {
    Service service = all.get((int) row.w1);
    if (answer.w0 == 0 && row.w2 >= 0) {
      service.forgive();
      service.waits = false;
      turn.kernel().cancelAlarm(ALARMS + row.w1);
      service.restartCount += row.w2 == KernelProtocol.RESTART ? 1 : 0;
      beganAnew(turn, service, row.w2);
    }
    turn.reply(row.w0, answer.w0, answer.w1);
  }

  /** It is told. Who was restarted by somebody begins without checkpoint; ds, without names. */
  private void beganAnew(Turn turn, Service service, long how) {
    turn.notify(service.endpoint);
    if (service.endpoint == turn.role(Role.DS)) {
      publishAll(turn);
    } else if (how == KernelProtocol.RESTART) {
      labels.dropCheckpoint(turn, service);
    }
  }

  private void started(Turn turn, long request, long result) {
    Asked start = asked.remove(request);
    if (start != null && result >= 0) {
      add(turn, new Service(start.text, (int) result, Policy.RESTARTS));
    }
    turn.reply(request, result);
  }

  private void usageKnown(Turn turn, long request, int number, Message m) {
    Asked listing = asked.get(request);
    if (listing == null) {
      return;
    }
    if (m.w0 == 0) {
      listing.text += all.get(number).line(m.w4, m.w3, m.w1, m.w5);
    }
    if (--listing.left == 0) {
      asked.remove(request);
      byte[] table = listing.text.getBytes(StandardCharsets.UTF_8);
      int bytes = Math.min(table.length, Math.max(0, turn.kernel().outBytes(request)));
      turn.kernel().copyOut(request, 0, table, 0, bytes);
      turn.reply(request, bytes);
    }
  }

  // ---- what fails

  /** From a kernel: a service that is watched has failed. */
  void failed(Turn turn, int source, int endpoint) {
    int number = numberOf(endpoint);
    if (number >= 0 && all.get(number).kernel() == source) {
      mend(turn, number);
    }
  }

  private void mend(Turn turn, int number) {
    Service service = all.get(number);
    long delay = service.failed(turn.kernel().nowNanos());
    if (delay == 0) {
      revive(turn, number);
    } else if (delay > 0) {
      service.waits = true;
      turn.kernel().setAlarm(ALARMS + number, delay);
    } else {
      giveUp(turn, service);
    }
  }

  /** The VOS ends without a console, to see and type anything, and without a state of its own. */
  private void giveUp(Turn turn, Service service) {
    String often = "failed " + service.failureCount() + " times within a minute";
    if (service.policy == Policy.KEEPS_ITS_STATE) {
      console.lastLine(
          turn, "service " + service.name + " " + often, StandardCharsets.UTF_8, FAILED);
      return;
    }
    if (service.endpoint == turn.role(Role.CONSOLE)) {
      Message halt = Call.HALT.encode(turn.scratch(), FAILED);
      call(turn, Endpoint.kernelOf(turn.node()), halt, Step.IGNORED, 0, 0, 0);
      return;
    }
    int stop = KernelProtocol.STOP;
    Message m = Call.RENEW.encode(turn.scratch(), service.endpoint, stop);
    call(turn, service.kernel(), m, Step.IGNORED, 0, 0, 0);
    console.line(turn, "service " + service.name + " " + often + " and stays down");
  }

  private void revive(Turn turn, int number) {
    Service service = all.get(number);
    service.waits = false;
    boolean kept = service.policy == Policy.KEEPS_ITS_STATE;
    if (kept
        || service.endpoint == turn.role(Role.DS)
        || !labels.askCheckpoint(turn, service, number)) {
      revive(turn, number, new byte[0]);
    }
  }

  private void checkpointKnown(Turn turn, int number, long bytes) {
    byte[] state = new byte[(int) Math.max(0, bytes)];
    turn.answerBytes(0, state, 0, state.length);
    revive(turn, number, state);
  }

  private void revive(Turn turn, int number, byte[] state) {
    Service service = all.get(number);
    int how = KernelProtocol.RESTART;
    Message m = Call.RENEW.encode(turn.scratch(), service.endpoint, how);
    long call = turn.callWithBytes(service.kernel(), m, state, state.length, 0);
    calls.add(call, Step.REVIVED.number(), number);
  }

  /** A constructor that throws is one failure more. */
  private void revived(Turn turn, int number, long result) {
    if (result == 0) {
      all.get(number).restartCount++;
      beganAnew(turn, all.get(number), -1);
    } else if (result == -Errno.EINVAL) {
      mend(turn, number);
    }
  }

  /** An alarm; false when it is not about a service. */
  boolean alarm(Turn turn, long tag) {
    if (tag < ALARMS) {
      return false;
    }
    int number = (int) (tag - ALARMS);
    if (number < all.size() && all.get(number).waits) {
      revive(turn, number);
    }
    return true;
  }

  // ---- state

  void save(StateWriter out) {
    out.writeInt(all.size());
    all.forEach(service -> service.save(out));
    out.writeInt(asked.size());
    for (int at = asked.first(); at >= 0; at = asked.next(at)) {
      Asked row = asked.value(at);
      out.writeLong(asked.key(at)).writeString(row.text).writeInt(row.left);
    }
  }

  void load(StateReader in) {
    for (int left = in.readCount(1); left > 0; left--) {
      all.add(Service.load(in));
    }
    for (int left = in.readCount(1); left > 0; left--) {
      long request = in.readLong();
      asked.put(request, new Asked(in.readString(), in.readInt()));
    }
  }
}
