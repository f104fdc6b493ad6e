package org.atoll.loader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The class loader of one version of a service: its own classes, with polls, and those of the
 * system under it. When the version is replaced, nothing refers to it any more and it goes.
 */
final class ServiceClasses extends ClassLoader {

  private static final String POLLS = TurnPolls.class.getName();

  private final Map<String, byte[]> classes = new TreeMap<>();
  private final TurnLimit limit;

  private ServiceClasses(String name, TurnLimit limit) {
    super(name, ServiceClasses.class.getClassLoader());
    this.limit = limit;
  }

  /** The classes of a version whose turns have this limit. */
  static ServiceClasses of(Path from, Map<String, byte[]> classes, TurnLimit limit)
      throws IOException {
    ServiceClasses loader = new ServiceClasses(from.toString(), limit);
    PollInserter polls = new PollInserter(POLLS, "here");
    try {
      classes.forEach((name, bytes) -> loader.classes.put(name, polls.insert(bytes)));
    } catch (IllegalArgumentException refused) {
      throw new ServiceRefused(from + " is refused:\n" + refused.getMessage(), refused);
    }
    loader.classes.put(POLLS, template());
    return loader;
  }

  /** The limit of this version's turns. */
  TurnLimit limit() {
    return limit;
  }

  private static byte[] template() throws IOException {
    try (InputStream in = TurnPolls.class.getResourceAsStream("TurnPolls.class")) {
      if (in == null) {
        throw new IllegalStateException("no class file of " + POLLS);
      }
      return in.readAllBytes();
    }
  }

  /** The service's own classes come before any of the same name elsewhere. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    byte[] own = classes.get(name);
    if (own == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? defineClass(name, own, 0, own.length) : known;
    }
  }
}
