package org.atoll.libposix.strace;

import java.util.function.Predicate;

/** How arguments of one sort print. */
@FunctionalInterface
interface Kind {

  /**
   * Prints an argument.
   *
   * @param value the argument, or the result for a kind of results
   * @param size of what it points to: the argument that the declaration names, else the result
   */
  void print(StringBuilder out, long value, long size, Look look);

  /** Whether the argument counts: what follows one that does not is not printed. */
  default boolean shown(Look look) {
    return true;
  }

  /** This kind for an argument that counts only sometimes. */
  default Kind when(Predicate<Look> counts) {
    Kind all = this;
    return new Kind() {
      @Override
      public void print(StringBuilder out, long value, long size, Look look) {
        all.print(out, value, size, look);
      }

      @Override
      public boolean shown(Look look) {
        return counts.test(look);
      }
    };
  }
}
