package org.atoll.drivers.link;

import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import org.atoll.hypercall.SharedMemory;
import org.jspecify.annotations.Nullable;

/**
 * What may carry frames between this node and others of its machine. To other machines it is TLS.
 *
 * @param kinds at least one, the one to be preferred first
 * @param memory makes shared memory; not used where no kind needs it
 * @param tcp where this node listens for TCP in the clear
 */
public record Ways(List<Door.Kind> kinds, SharedMemory memory, InetAddress tcp) {

  /** The word for the fastest that both nodes have. */
  public static final String AUTO = "auto";

  public Ways {
    kinds = List.copyOf(kinds);
  }

  /** TCP is on loopback. */
  public Ways(List<Door.Kind> kinds, SharedMemory memory) {
    this(kinds, memory, InetAddress.ofLiteral("127.0.0.1"));
  }

  /**
   * The same, with TCP at an address that others than this machine's processes may reach: for
   * measuring alone, because nothing is encrypted.
   */
  public Ways withTcpAt(InetAddress address) {
    return new Ways(kinds, memory, address);
  }

  /**
   * What a person asked for.
   *
   * @param word {@link #AUTO} or a {@link Door.Kind#word}
   * @throws IOException when this host does not have it
   */
  public static Ways of(String word, SharedMemory memory) throws IOException {
    List<Door.Kind> meant = kinds(word);
    if (meant.size() == 1) {
      return new Ways(List.of(required(meant.getFirst(), memory)), memory);
    }
    return new Ways(meant.stream().filter(kind -> missing(kind, memory) == null).toList(), memory);
  }

  /**
   * What a word means, the first to be preferred, whether this host has it or not.
   *
   * @throws IOException when it means nothing
   */
  public static List<Door.Kind> kinds(String word) throws IOException {
    List<Door.Kind> all = List.of(Door.Kind.SHM, Door.Kind.UNIX, Door.Kind.TCP);
    if (word.equals(AUTO)) {
      return all;
    }
    for (Door.Kind kind : all) {
      if (word.equals(kind.word())) {
        return List.of(kind);
      }
    }
    throw new IOException("--transport takes auto, shm, unix or tcp, and not '" + word + "'");
  }

  private static Door.Kind required(Door.Kind kind, SharedMemory memory) throws IOException {
    String reason = missing(kind, memory);
    if (reason != null) {
      throw new IOException("--transport " + kind.word() + ": not on this host: " + reason);
    }
    return kind;
  }

  /**
   * The doors of a node to try, one after the other: the best one of this machine, or all that are
   * for other machines. None when this node has no way there.
   */
  public List<Door> choose(Doors there, String here) {
    if (!there.machine().equals(here)) {
      return there.doors().stream().filter(door -> !door.kind().isLocal()).toList();
    }
    return kinds.stream()
        .flatMap(kind -> there.doors().stream().filter(door -> door.kind() == kind))
        .limit(1)
        .toList();
  }

  /** Why there is no such kind here; null when there is. */
  private static @Nullable String missing(Door.Kind kind, SharedMemory memory) {
    if (kind.isNamed() && !Epoll.isAvailable()) {
      return Objects.requireNonNull(Epoll.unavailabilityCause()).getMessage();
    }
    return kind == Door.Kind.SHM ? memory.missing() : null;
  }
}
