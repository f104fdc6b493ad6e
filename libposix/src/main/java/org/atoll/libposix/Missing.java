package org.atoll.libposix;

/** Where system calls that are not there are counted, for {@code --report-missing}. */
@FunctionalInterface
public interface Missing {

  /**
   * A program made a system call that answered ENOSYS because Atoll has none.
   *
   * @param number as in a7
   * @param name of the call, or its number in digits when Linux has none either
   */
  void called(long number, String name);
}
