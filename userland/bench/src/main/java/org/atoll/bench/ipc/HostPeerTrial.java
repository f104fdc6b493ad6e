package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rounds of a C program whose other end is on another machine, for as long as a round takes. */
final class HostPeerTrial implements Trial {

  private final OtherHost other;
  private final PeerTrial program;

  HostPeerTrial(OtherHost other, PeerTrial program) {
    this.other = other;
    this.program = program;
  }

  @Override
  public @Nullable String missing() {
    String here = program.missing();
    if (here != null || other.facts().hasPrograms()) {
      return here;
    }
    return "on " + other.name() + ": " + PeerTrial.NO_COMPILER + ", and start it again";
  }

  @Override
  public long nanos() {
    return program.nanos();
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("program", program.pinning().name()));
    words.add(program.name());
    words.addAll(program.arguments());
    try (HostProcess served = other.start(words)) {
      List<String> ends = List.of("connect", other.there(), served.at());
      return program.burst(served.printedBy(program.command(ends)));
    }
  }
}
