package org.atoll.loader.program;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.atoll.loader.ClassCheck;
import org.jspecify.annotations.Nullable;

/**
 * The class loader of one Java program. Each class is checked and rewritten before it is defined;
 * all goes when the process does.
 */
final class ProgramClasses extends ClassLoader {

  private static final List<String> SYSTEM =
      List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.atoll.");

  private final Function<String, byte @Nullable []> files;
  private final Rewriting rewriting;

  /**
   * Loads classes.
   *
   * @param files a class file by class name, or null when there is none
   */
  ProgramClasses(Function<String, byte @Nullable []> files) {
    super(ProgramClasses.class.getClassLoader());
    this.files = files;
    this.rewriting =
        new Rewriting(
            ClassHierarchyResolver.ofResourceParsing(this::open)
                .orElse(ClassHierarchyResolver.defaultResolver()));
  }

  /** Whether a class is a program's, and not of what it stands on. */
  private static boolean isOwn(String name) {
    return SYSTEM.stream().noneMatch(name::startsWith);
  }

  private @Nullable InputStream open(ClassDesc type) {
    String descriptor = type.descriptorString();
    String name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    byte[] file = isOwn(name) ? files.apply(name) : null;
    return file == null ? null : new ByteArrayInputStream(file);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!isOwn(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] file = files.apply(name);
    if (file == null) {
      throw new ClassNotFoundException(name);
    }
    List<String> wrong = check(Map.of(name, file));
    if (!wrong.isEmpty()) {
      throw new Refused(wrong);
    }
    byte[] rewritten;
    try {
      rewritten = rewriting.rewrite(file);
    } catch (IllegalArgumentException malformed) {
      throw (LinkageError) new ClassFormatError(name).initCause(malformed);
    }
    return defineClass(name, rewritten, 0, rewritten.length);
  }

  /** What these classes use that they must not, a line each. */
  static List<String> check(Map<String, byte[]> classes) {
    return ClassCheck.check(classes, ProgramClasses::isOwn, ProgramRules.RULES);
  }
}
