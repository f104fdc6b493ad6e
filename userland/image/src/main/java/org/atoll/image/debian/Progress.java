package org.atoll.image.debian;

/** Hears what is being done while it takes longer than a moment. */
@FunctionalInterface
public interface Progress {
  /** One line without its end, for a person. */
  void line(String text);

  /** One who does not listen. */
  static Progress silent() {
    return text -> {};
  }
}
