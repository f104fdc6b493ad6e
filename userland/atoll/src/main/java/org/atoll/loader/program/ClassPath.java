package org.atoll.loader.program;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.atoll.posix.PosixException;
import org.jspecify.annotations.Nullable;

/** Folders and jars of the guest, in which a program's classes are looked for in order. */
final class ClassPath {

  private interface Place {
    byte @Nullable [] find(String file);
  }

  private final List<Place> places = new ArrayList<>();

  /** A class path; places that are not there hold nothing. */
  ClassPath(String path) {
    for (String entry : path.split(":", -1)) {
      places.add(entry.endsWith(".jar") ? jar(entry) : folder(entry.isEmpty() ? "." : entry));
    }
  }

  /** The file of a class, or null. */
  byte @Nullable [] find(String name) {
    String file = name.replace('.', '/') + ".class";
    for (Place place : places) {
      byte[] bytes = place.find(file);
      if (bytes != null) {
        return bytes;
      }
    }
    return null;
  }

  private static Place folder(String folder) {
    return file -> {
      try {
        return JavaCommand.read(folder + "/" + file);
      } catch (PosixException absent) {
        return null;
      }
    };
  }

  private static Place jar(String path) {
    Map<String, byte[]> files = new HashMap<>();
    try (JarInputStream jar = open(path)) {
      for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
        files.put(entry.getName(), jar.readAllBytes());
      }
    } catch (IOException | PosixException unreadable) {
      return file -> null;
    }
    return files::get;
  }

  /** The class that a jar's manifest names, or null. */
  static @Nullable String mainClass(String path) {
    try (JarInputStream jar = open(path)) {
      Manifest manifest = jar.getManifest();
      return manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
    } catch (IOException notAJar) {
      return null;
    }
  }

  private static JarInputStream open(String path) throws IOException {
    return new JarInputStream(new ByteArrayInputStream(JavaCommand.read(path)));
  }
}
