package org.atoll.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.atoll.abi.Endpoint;
import org.atoll.abi.Handler;
import org.atoll.abi.Message;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.atoll.abi.Turn;

/**
 * A task that writes down every event, and does in each what the test says. Without a word from the
 * test it answers nothing.
 */
class TestTask implements Handler {

  /** What to do with a request. */
  interface OnRequest {
    void request(Turn turn, long request, Message m);
  }

  final List<String> events = new ArrayList<>();
  final List<Long> requests = new ArrayList<>();
  final Map<Long, Consumer<Turn>> whenAnswered = new HashMap<>();
  Consumer<Turn> start = turn -> {};
  Consumer<Turn> whenNotified = turn -> {};
  Consumer<Turn> whenAlarmed = turn -> {};
  Consumer<Turn> whenTold = turn -> {};
  OnRequest serve = (turn, request, m) -> {};
  OnRequest whenCancelled = (turn, request, m) -> {};

  static TestTask serving(OnRequest serve) {
    TestTask task = new TestTask();
    task.serve = serve;
    return task;
  }

  /** A task that does this as soon as its channel is raised. */
  static TestTask doing(Consumer<Turn> start) {
    TestTask task = new TestTask();
    task.start = start;
    return task;
  }

  @Override
  public void request(Turn turn, long request, Message m) {
    events.add("request " + m.type + " " + m.w0);
    requests.add(request);
    serve.request(turn, request, m);
  }

  @Override
  public void message(Turn turn, Message m) {
    events.add("message " + m.type + " " + m.w0);
    whenTold.accept(turn);
  }

  @Override
  public void notified(Turn turn, int source) {
    if (source == Endpoint.HOST) {
      start.accept(turn);
      return;
    }
    events.add("notified " + source);
    whenNotified.accept(turn);
  }

  @Override
  public void answered(Turn turn, long call, Message m) {
    events.add("answered " + (m.type & ~Message.ANSWER) + " " + m.w0);
    whenAnswered.getOrDefault(call, t -> {}).accept(turn);
  }

  @Override
  public void alarm(Turn turn, long tag) {
    events.add("alarm " + tag);
    whenAlarmed.accept(turn);
  }

  @Override
  public void cancelled(Turn turn, long request) {
    events.add("cancelled");
    whenCancelled.request(turn, request, new Message());
  }

  @Override
  public void save(StateWriter out) {
    out.writeInt(events.size());
    events.forEach(out::writeString);
  }

  @Override
  public void load(StateReader in) {
    for (int left = in.readInt(); left > 0; left--) {
      events.add(in.readString());
    }
  }

  @Override
  public void restore(StateReader in) {
    events.add("restored " + in.readString());
  }
}
