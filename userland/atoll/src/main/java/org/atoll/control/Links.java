package org.atoll.control;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.atoll.drivers.link.service.Terms;
import org.atoll.drivers.link.talk.Census;

/** The links of a VOS, as node 0 reaches them. Any thread. */
public interface Links {

  /** Asks all nodes about their links. */
  CompletableFuture<Census> census();

  /** Gives all links other services. */
  void services(UnaryOperator<Terms> change);
}
