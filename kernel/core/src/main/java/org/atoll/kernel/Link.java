package org.atoll.kernel;

import java.util.List;
import org.atoll.abi.Message;
import org.atoll.hypercall.Transport;
import org.jspecify.annotations.Nullable;

/** Carries messages to the tasks of other nodes. */
final class Link {

  Link(Node node, Transport transport) {
    throw new UnsupportedOperationException("messages to other nodes are not carried yet");
  }

  long up() {
    return 0;
  }

  boolean reaches(int other) {
    return false;
  }

  void message(int from, int to, Message m) {}

  void notify(int from, int to) {}

  boolean request(CallRecord call, int to, Message m) {
    return false;
  }

  void cancel(CallRecord call, int sequence) {}

  void answer(CallRecord call) {}

  void gone(int endpoint) {}

  void halt(int status) {}

  void flush() {}

  boolean work() {
    return false;
  }

  @Nullable CallRecord requestFrom(long request) {
    return null;
  }

  List<CallRecord> requestsTo(int callee) {
    return List.of();
  }

  void dropRequestsOf(int caller) {}
}
