package org.atoll.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Jars whose classes the JVM can keep in its AOT cache.
 *
 * <p>It keeps none of before Java 6 (class file version 50), because those say no types at branch
 * targets (JVMS 4.10.2), and it would have to verify them at each start. Libraries that are built
 * for Java 5 are written anew as version 52, with stack maps; nothing else in them changes. A
 * signed jar is left as it is.
 */
public final class CacheableJars {

  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  private CacheableJars() {}

  /** Writes those of the named jars anew that hold a class which is too old. */
  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      write(Path.of(jar));
    }
  }

  static void write(Path jar) throws IOException {
    Path written = jar.resolveSibling(jar.getFileName() + ".written");
    try (JarFile old = new JarFile(jar.toFile())) {
      if (!hasOldClass(old) || isSigned(old)) {
        return;
      }
      try (URLClassLoader types = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
        copy(old, written, newer(types));
      }
    }
    Files.move(written, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static ClassFile newer(ClassLoader types) {
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS,
        ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.defaultResolver()
                .orElse(ClassHierarchyResolver.ofResourceParsing(types))));
  }

  private static boolean hasOldClass(JarFile jar) throws IOException {
    for (JarEntry entry : entries(jar)) {
      if (isClass(entry) && isOld(ClassFile.of().parse(contents(jar, entry)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSigned(JarFile jar) {
    return entries(jar).stream().anyMatch(e -> e.getName().matches("META-INF/[^/]*\\.SF"));
  }

  private static void copy(JarFile old, Path written, ClassFile newer) throws IOException {
    try (OutputStream file = Files.newOutputStream(written);
        JarOutputStream jar = new JarOutputStream(file)) {
      for (JarEntry entry : entries(old)) {
        JarEntry same = new JarEntry(entry.getName());
        same.setTime(entry.getTime());
        jar.putNextEntry(same);
        byte[] contents = contents(old, entry);
        jar.write(isClass(entry) ? raised(contents, newer) : contents);
        jar.closeEntry();
      }
    }
  }

  private static byte[] raised(byte[] contents, ClassFile newer) {
    ClassModel model = newer.parse(contents);
    return isOld(model) ? newer.transformClass(model, bodiesAnew().andThen(version())) : contents;
  }

  /** Has each body generated and not copied, which is when stack maps are made. */
  private static ClassTransform bodiesAnew() {
    return ClassTransform.transformingMethodBodies((body, element) -> body.with(element));
  }

  private static ClassTransform version() {
    return (type, element) -> {
      if (element instanceof ClassFileVersion) {
        type.withVersion(ClassFile.JAVA_8_VERSION, 0);
      } else {
        type.with(element);
      }
    };
  }

  private static boolean isOld(ClassModel model) {
    return model.majorVersion() < FIRST_WITH_STACK_MAPS;
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class");
  }

  private static List<JarEntry> entries(JarFile jar) {
    return Collections.list(jar.entries());
  }

  private static byte[] contents(JarFile jar, JarEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
