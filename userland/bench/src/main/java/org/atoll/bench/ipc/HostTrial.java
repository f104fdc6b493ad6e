package org.atoll.bench.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rounds of a row between two machines, each in a JVM of its own on each. */
record HostTrial(HostRun run, String row, Effort effort) implements Trial {

  @Override
  public @Nullable String missing() {
    return null;
  }

  @Override
  public long nanos() {
    return effort.forkNanos(HostNode.NODES);
  }

  @Override
  public Burst round() throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(row));
    words.addAll(effort.words(HostNode.NODES));
    words.add(Integer.toString(HostNode.NODES));
    Span span = Subjects.span(row, HostNode.NODES);
    return Burst.of(run.printedBy(span, SubjectMain.class, words));
  }
}
