package org.atoll.servers.rs;

import org.atoll.abi.Turn;
import org.atoll.abi.protocol.DsProtocol;
import org.atoll.libsys.Ds;
import org.atoll.libsys.Rows;

/** What RS has to do with the data store: names of services, and their checkpoints. */
final class Labels {

  /** Failures within a minute after which a service is no longer given its checkpoint. */
  private static final int TRUSTED_FAILURES = 3;

  private final Ds ds;

  Labels(Rows calls) {
    this.ds = new Ds(calls);
  }

  /** From now on the service is found by its name. */
  void publish(Turn turn, Service service) {
    ds.publishLabel(turn, service.name, service.endpoint, Step.IGNORED.number());
  }

  /** Its name leads nowhere any more. */
  void delete(Turn turn, Service service) {
    ds.delete(turn, service.name, Step.IGNORED.number());
  }

  /** What it kept for a failure is not to be given back. */
  void dropCheckpoint(Turn turn, Service service) {
    ds.delete(turn, DsProtocol.CHECKPOINT + service.name, Step.IGNORED.number());
  }

  /**
   * Asks for the checkpoint of a service; the answer is {@link Step#CHECKPOINT_KNOWN}. False when
   * it begins without: it may be what makes it fail again and again.
   */
  boolean askCheckpoint(Turn turn, Service service, int number) {
    return service.failureCount() <= TRUSTED_FAILURES
        && ds.retrieve(
            turn,
            DsProtocol.CHECKPOINT + service.name,
            DsProtocol.MEMORY,
            Step.CHECKPOINT_KNOWN.number(),
            number);
  }
}
