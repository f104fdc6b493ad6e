package org.atoll.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Libraries that are built for Java 5 come into the AOT cache, and do what they did. */
class CacheableJarsTest {

  @TempDir Path folder;

  @Test
  void everyClassOfALibraryBecomesNewEnoughAndVerifies() throws Exception {
    Path jar = copyOf(CommandLine.class);
    assertTrue(oldest(jar) < ClassFile.JAVA_6_VERSION, "the library is not old any more");
    CacheableJars.write(jar);
    assertEquals(ClassFile.JAVA_8_VERSION, oldest(jar));
    assertEquals(List.of(), mistakes(jar));
  }

  @Test
  void aRewrittenLibraryWorks() throws Exception {
    Path jar = copyOf(CommandLine.class);
    CacheableJars.write(jar);
    try (URLClassLoader loader = alone(jar)) {
      Class<?> spec = loader.loadClass("picocli.CommandLine$Model$CommandSpec");
      Object command = spec.getMethod("create").invoke(null);
      Object line =
          loader.loadClass("picocli.CommandLine").getConstructor(Object.class).newInstance(command);
      assertEquals(
          "Usage: <main class>\n", line.getClass().getMethod("getUsageMessage").invoke(line));
    }
  }

  @Test
  void aJarOfNewClassesIsLeftAsItIs() throws Exception {
    Path jar = copyOf(Test.class);
    byte[] before = Files.readAllBytes(jar);
    CacheableJars.write(jar);
    assertArrayEquals(before, Files.readAllBytes(jar));
  }

  @Test
  void aSignedJarIsLeftAsItIs() throws Exception {
    Path jar = folder.resolve("signed.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/SOMEBODY.SF"));
      out.putNextEntry(new JarEntry("Old.class"));
      out.write(oldClass());
    }
    byte[] before = Files.readAllBytes(jar);
    CacheableJars.write(jar);
    assertArrayEquals(before, Files.readAllBytes(jar));
  }

  private static byte[] oldClass() {
    return ClassFile.of()
        .build(ClassDesc.of("Old"), type -> type.withVersion(ClassFile.JAVA_5_VERSION, 0));
  }

  private Path copyOf(Class<?> ofLibrary) throws Exception {
    URI library = ofLibrary.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Files.copy(Path.of(library), folder.resolve("library.jar"));
  }

  private static int oldest(Path jar) throws IOException {
    return models(jar).stream().mapToInt(ClassModel::majorVersion).min().orElseThrow();
  }

  private static List<VerifyError> mistakes(Path jar) throws IOException {
    List<VerifyError> mistakes = new ArrayList<>();
    for (ClassModel model : models(jar)) {
      mistakes.addAll(ClassFile.of().verify(model));
    }
    return mistakes;
  }

  private static List<ClassModel> models(Path jar) throws IOException {
    List<ClassModel> models = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (JarEntry entry :
          file.stream().filter(e -> e.getName().matches("picocli/.*class")).toList()) {
        try (InputStream in = file.getInputStream(entry)) {
          models.add(ClassFile.of().parse(in.readAllBytes()));
        }
      }
    }
    return models;
  }

  private static URLClassLoader alone(Path jar) throws IOException {
    return new URLClassLoader(
        new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }
}
