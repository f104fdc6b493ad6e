package org.atoll.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes over the socket: one request, a row of words, and one answer, a status and a text.
 * Every part is a length and that many bytes.
 */
final class Exchange {

  private static final int WORDS_MAX = 64;
  private static final int BYTES_MAX = 1 << 20;

  /**
   * An answer.
   *
   * @param status 0 when what was asked for was done
   * @param text for the person
   */
  record Answer(int status, String text) {}

  private Exchange() {}

  static void writeRequest(DataOutputStream out, List<String> words) throws IOException {
    out.writeInt(words.size());
    for (String word : words) {
      writeText(out, word);
    }
    out.flush();
  }

  static List<String> readRequest(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 1 || count > WORDS_MAX) {
      throw new IOException("a request of " + count + " words");
    }
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(readText(in));
    }
    return words;
  }

  static void writeAnswer(DataOutputStream out, Answer answer) throws IOException {
    out.writeInt(answer.status());
    writeText(out, answer.text());
    out.flush();
  }

  static Answer readAnswer(DataInputStream in) throws IOException {
    return new Answer(in.readInt(), readText(in));
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    int bytes = in.readInt();
    if (bytes < 0 || bytes > BYTES_MAX) {
      throw new IOException("a text of " + bytes + " bytes");
    }
    return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
  }
}
