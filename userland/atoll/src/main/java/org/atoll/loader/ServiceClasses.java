package org.atoll.loader;

import java.util.Map;

/**
 * The class loader of one version of a service: its own classes, and those of the system under it.
 * When the version is replaced, nothing refers to it any more and it goes.
 */
final class ServiceClasses extends ClassLoader {

  private final Map<String, byte[]> classes;

  ServiceClasses(String name, Map<String, byte[]> classes) {
    super(name, ServiceClasses.class.getClassLoader());
    this.classes = classes;
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
