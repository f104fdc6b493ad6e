package org.atoll.boot;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Errno;
import org.atoll.abi.ProtocolCall;
import org.atoll.abi.protocol.Protocols;
import org.atoll.hypercall.Hypercall;
import org.atoll.kernel.FrameTracer;

/**
 * A capture as trace events of Chrome, which Perfetto opens: a process for each node, a track for
 * each task, a slice for each call on the tracks of its caller and of who answers it, and arrows
 * between the two.
 *
 * <p>The server's slice begins when the request was sent: what it spends in a mailbox or on the
 * wire is part of it. Calls that one task has under way at once are put on tracks beside each
 * other.
 */
final class ChromeTrace {

  /** A call that nobody has answered yet. */
  private record Open(Captured request, int number) {}

  private final ChromeEvents events;
  private final Map<Long, Open> open = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();

  /** The tracks of each node, by task. */
  private final Map<Integer, Map<Integer, List<ChromeSlice>>> tracks = new TreeMap<>();

  /** The first track's number, by node and task: where instants go. */
  private final Map<Long, Integer> firstThreads = new HashMap<>();

  private final List<Captured> instants = new ArrayList<>();
  private final List<Captured> hypercalls = new ArrayList<>();
  private final List<ChromeSlice[]> arrows = new ArrayList<>();
  private int calls;
  private int threads;
  private long last;

  private ChromeTrace(ChromeEvents events) {
    this.events = events;
  }

  /** Writes the events of a capture. */
  static void write(Path capture, Path to) throws IOException {
    try (PcapFile.Reader in = new PcapFile.Reader(capture);
        BufferedWriter out = Files.newBufferedWriter(to)) {
      ChromeEvents events = new ChromeEvents(out);
      ChromeTrace trace = new ChromeTrace(events);
      for (Captured packet = in.next(); packet != null; packet = in.next()) {
        trace.add(packet);
      }
      trace.write();
      events.end();
    }
  }

  private void add(Captured packet) {
    last = packet.nanos();
    switch (packet.kind()) {
      case FrameTracer.REQUEST -> open.put(packet.request(), new Open(packet, calls++));
      case FrameTracer.ANSWER -> {
        Open asked = open.remove(packet.request());
        if (asked != null) {
          answered(asked.request, packet);
        }
      }
      case FrameTracer.NAME -> named(packet);
      case FrameTracer.HYPERCALL -> hypercalls.add(packet);
      default -> instants.add(packet);
    }
  }

  /** A task is named best by the node it is on; a process has taken its name along. */
  private void named(Captured packet) {
    boolean own = Endpoint.home(packet.destination()) == packet.node() || packet.word(0) != 0;
    if (own) {
      names.put(packet.destination(), packet.text());
    } else {
      names.putIfAbsent(packet.destination(), packet.text());
    }
  }

  private void answered(Captured asked, Captured answer) {
    String call = call(asked.type());
    long end = answer.nanos();
    String result = result(answer.word(0));
    ChromeSlice caller =
        slice(asked.node(), asked.source(), asked.nanos(), end, "call " + call, result);
    ChromeSlice server = slice(answer.node(), answer.source(), asked.nanos(), end, call, result);
    caller.other = asked.destination();
    server.other = asked.source();
    arrows.add(new ChromeSlice[] {caller, server});
  }

  private ChromeSlice slice(int node, int task, long begin, long end, String name, String result) {
    ChromeSlice slice = new ChromeSlice(begin, end, name, result);
    tracks
        .computeIfAbsent(node, _ -> new TreeMap<>())
        .computeIfAbsent(task, _ -> new ArrayList<>())
        .add(slice);
    return slice;
  }

  private static String call(int type) {
    ProtocolCall call = Protocols.byNumber(type);
    return call == null ? "0x" + Integer.toHexString(type) : call.name();
  }

  private static String result(long word) {
    return word < 0 && word >= -Errno.ENORESTART
        ? "-" + Errno.name((int) -word)
        : Long.toString(word);
  }

  private String name(int task) {
    return names.getOrDefault(task, "task " + task);
  }

  // ---- writing

  private void write() throws IOException {
    open.values()
        .forEach(asked -> {
          Captured request = asked.request;
          String name = "call " + call(request.type());
          slice(request.node(), request.source(), request.nanos(), last, name, "").other =
              request.destination();
        });
    instants.forEach(packet -> track(packet.node(), task(packet)));
    for (Map.Entry<Integer, Map<Integer, List<ChromeSlice>>> node : tracks.entrySet()) {
      events.processName(node.getKey(), "node " + node.getKey());
      for (Map.Entry<Integer, List<ChromeSlice>> track : node.getValue().entrySet()) {
        track(node.getKey(), track.getKey(), track.getValue());
      }
    }
    for (int i = 0; i < arrows.size(); i++) {
      arrow(i, arrows.get(i)[0], arrows.get(i)[1]);
    }
    for (Captured packet : instants) {
      instant(packet);
    }
    writeHypercalls();
  }

  private void track(int node, int task) {
    tracks
        .computeIfAbsent(node, _ -> new TreeMap<>())
        .computeIfAbsent(task, _ -> new ArrayList<>());
  }

  private static long key(int node, int task) {
    return (long) node << 32 | task & 0xffff_ffffL;
  }

  private void track(int node, int task, List<ChromeSlice> slices) throws IOException {
    int first = threads + 1;
    firstThreads.put(key(node, task), first);
    int lanes = Math.max(1, ChromeSlice.spread(slices));
    threads += lanes;
    for (int lane = 0; lane < lanes; lane++) {
      events.threadName(node, first + lane, name(task) + (lane == 0 ? "" : " +" + lane));
    }
    for (ChromeSlice slice : slices) {
      slice.node = node;
      slice.thread = first + slice.lane;
      events.slice(slice, name(slice.other));
    }
  }

  private void arrow(int number, ChromeSlice caller, ChromeSlice server) throws IOException {
    events.arrow(2L * number, caller, server, caller.begin);
    events.arrow(2L * number + 1, server, caller, caller.end);
  }

  /** Who does what is no call: its sender, or the task whose alarm it is. */
  private static int task(Captured packet) {
    return packet.kind() == FrameTracer.ALARM ? packet.destination() : packet.source();
  }

  private void instant(Captured packet) throws IOException {
    String to = name(packet.destination());
    String name =
        switch (packet.kind()) {
          case FrameTracer.MESSAGE -> call(packet.type()) + " to " + to;
          case FrameTracer.NOTIFY -> "notify " + to;
          case FrameTracer.CANCEL -> "cancel a call of " + to;
          default -> "alarm";
        };
    int thread = firstThreads.getOrDefault(key(packet.node(), task(packet)), 0);
    events.instant(packet.node(), thread, packet.nanos(), name);
  }

  private void writeHypercalls() throws IOException {
    Map<String, Integer> own = new HashMap<>();
    for (Captured packet : hypercalls) {
      String by = packet.text().replaceFirst("^[0-9.]+\\((?!process)(.*)\\)$", "$1");
      Integer thread = own.get(packet.node() + by);
      if (thread == null) {
        thread = ++threads;
        own.put(packet.node() + by, thread);
        events.threadName(packet.node(), thread, by + " hypercalls");
      }
      ChromeSlice slice =
          new ChromeSlice(
              packet.nanos(),
              packet.nanos(),
              Hypercall.values()[packet.type()].name(),
              result(packet.word(1)));
      slice.node = packet.node();
      slice.thread = thread;
      events.slice(slice, "host");
    }
  }
}
