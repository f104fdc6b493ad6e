package org.atoll.libposix;

import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;

/** Rows of words of a fixed length, as they are saved. */
final class Words {

  private Words() {}

  static void save(StateWriter out, long[] words) {
    for (long word : words) {
      out.writeLong(word);
    }
  }

  static void load(StateReader in, long[] words) {
    for (int i = 0; i < words.length; i++) {
      words[i] = in.readLong();
    }
  }
}
