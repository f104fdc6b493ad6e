package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.List;

/** Both ends in processes of this machine. */
record OneMachine(Choice choice) implements Place {

  @Override
  public String isolation() {
    return NodeRows.PROCESS;
  }

  @Override
  public String placement(Pinning pinning) {
    return pinning.words();
  }

  @Override
  public Trial nodes(String row, Pinning pinning) {
    return new ForkedTrial(row, pinning, choice.nodes(), choice.effort(), List.of());
  }

  @Override
  public Trial program(String name, int samples, Pinning pinning, String... arguments) {
    return new PeerTrial(name, samples, pinning, arguments);
  }

  @Override
  public List<LoadPoint> load(String transport) throws IOException, InterruptedException {
    return LoadCurve.between(Span.of(transport, choice.nodes()), choice.pinning());
  }
}
