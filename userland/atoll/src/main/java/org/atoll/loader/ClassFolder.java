package org.atoll.loader;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Class files of a folder or a jar. */
final class ClassFolder {

  private static final String SUFFIX = ".class";

  private ClassFolder() {}

  /** Class files by class name. */
  static Map<String, byte[]> read(Path from) throws IOException {
    if (Files.isDirectory(from)) {
      return under(from);
    }
    if (!from.getFileName().toString().endsWith(".jar")) {
      throw new ServiceRefused(
          from + ": neither a Java source, nor a jar, nor a folder of classes");
    }
    try (FileSystem jar = FileSystems.newFileSystem(from)) {
      return under(jar.getPath("/"));
    }
  }

  private static Map<String, byte[]> under(Path root) throws IOException {
    Map<String, byte[]> classes = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(file -> file.toString().endsWith(SUFFIX)).toList();
    }
    for (Path file : files) {
      String name = root.relativize(file).toString().replace('/', '.');
      classes.put(name.substring(0, name.length() - SUFFIX.length()), Files.readAllBytes(file));
    }
    return classes;
  }
}
