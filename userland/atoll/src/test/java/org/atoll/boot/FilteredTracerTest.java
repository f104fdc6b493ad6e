package org.atoll.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.atoll.abi.Message;
import org.atoll.abi.protocol.VfsProtocol;
import org.atoll.hypercall.Caller;
import org.atoll.hypercall.Hypercall;
import org.atoll.kernel.TextTracer;
import org.atoll.kernel.Tracer;
import org.junit.jupiter.api.Test;

class FilteredTracerTest {

  private static final int SHELL = 9;
  private static final int VFS = 4;
  private static final Message READ = VfsProtocol.Call.READ.encode(new Message(), 3);
  private static final Message WRITE = VfsProtocol.Call.WRITE.encode(new Message(), 1);

  private final List<String> lines = new ArrayList<>();
  private final TaskNames names = new TaskNames();

  private List<String> shown(TraceFilter filter) {
    Tracer text = new TextTracer(lines::add, Set.of(TextTracer.Part.HYPERCALLS));
    Tracer tracer = new FilteredTracer(text, filter, names);
    names.process(SHELL, 2, "sh");
    tracer.request(new Tracer.Moment(0, 1), SHELL, VFS, 1, READ, 0, 0);
    tracer.request(new Tracer.Moment(1, 2), VFS, VFS, 2, WRITE, 0, 0);
    tracer.notified(new Tracer.Moment(0, 3), VFS, VFS);
    tracer.hypercall(
        new Tracer.Moment(0, 4), new Caller("1.0(console)", 0), Hypercall.RANDOM, 1, 0);
    return lines.stream().map(line -> line.substring(10, 11)).toList();
  }

  @Test
  void aCallIsChosenByName() {
    assertEquals(
        List.of("2"), shown(new TraceFilter(Set.of(), Set.of("WRITE"), Set.of(), Set.of())));
  }

  @Test
  void aProcessIsChosenByItsNumber() {
    assertEquals(List.of("1"), shown(new TraceFilter(Set.of(), Set.of(), Set.of(2), Set.of())));
  }

  @Test
  void aNodeIsChosenByItsNumber() {
    assertEquals(List.of("2"), shown(new TraceFilter(Set.of(), Set.of(), Set.of(), Set.of(1))));
  }

  @Test
  void aServerIsChosenByNameAlsoForHypercalls() {
    assertEquals(
        List.of("4"), shown(new TraceFilter(Set.of("console"), Set.of(), Set.of(), Set.of())));
  }
}
