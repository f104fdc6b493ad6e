package org.atoll.boot;

import java.util.List;
import org.atoll.loader.OwnService;

/**
 * What a person adds to a VOS.
 *
 * @param services in the order in which they start
 * @param mounts in the order in which they are made
 */
public record OwnServices(List<OwnService> services, List<Mount> mounts) {

  /** Nothing. */
  public static final OwnServices NONE = new OwnServices(List.of(), List.of());

  /**
   * A file system and its place.
   *
   * @param service name of the service
   * @param path absolute
   */
  public record Mount(String service, String path) {}
}
