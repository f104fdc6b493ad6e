package org.atoll.image;

import java.util.List;
import org.atoll.image.debian.SourceOptions;

/**
 * What image to build.
 *
 * @param name what it is called from then on
 * @param packages names of Debian packages, each maybe with {@code =version}
 * @param busybox whether busybox fills in what the packages lack
 */
public record BuildOptions(
    String name, List<String> packages, Busybox busybox, SourceOptions source) {

  /** Whether busybox serves the names that no package brings. */
  public enum Busybox {
    /** Its package is added, and each applet's name that is free leads to it. */
    FILLS_IN,
    /** The image has what the packages have; applets only when busybox is one of them. */
    AS_ASKED
  }

  public BuildOptions {
    packages = List.copyOf(packages);
  }

  /** An image of these packages and busybox, from where apt says. */
  public static BuildOptions of(String name, String... packages) {
    return new BuildOptions(name, List.of(packages), Busybox.FILLS_IN, SourceOptions.ofApt());
  }
}
