package org.atoll.loader;

import org.jspecify.annotations.Nullable;

/** What a kind of classes must not use: each answer is a reason, or null when it may. */
public interface Rules {

  /** Naming a class. */
  @Nullable String type(String name);

  /** Using a field or method. */
  @Nullable String member(String owner, String name, String descriptor);

  /** Whether something else takes a member's place before the class is defined. */
  default boolean replaces(String owner, String name, String descriptor) {
    return false;
  }

  /** Using a method of that name that a class of its own may have inherited. */
  default @Nullable String inherited(String name) {
    return switch (name) {
      case "wait", "notify", "notifyAll" -> member("java.lang.Object", name, "");
      default -> null;
    };
  }

  /** Whether static fields must have nothing that changes, see {@link StaticState}. */
  boolean refusesStaticState();

  /** Methods and blocks that are synchronized. */
  @Nullable String synchronization();

  /** Native methods. */
  @Nullable String nativeCode();
}
