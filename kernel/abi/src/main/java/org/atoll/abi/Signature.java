package org.atoll.abi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The words of a call and of its answer, by name, and its buffers.
 *
 * @param request the request's words in order
 * @param answer the answer's words in order; the first is the result, a negated errno on failure
 * @param in what the in-buffer holds (caller to callee), or null when the call has none
 * @param out what the out-buffer receives (callee to caller), or null when the call has none
 */
public record Signature(
    List<Word> request, List<Word> answer, @Nullable String in, @Nullable String out) {

  /** How a trace prints a word. */
  public enum Format {
    DECIMAL,
    HEX,
    OCTAL,
    ENDPOINT,
    /** Nanoseconds. */
    NANOS
  }

  /**
   * One word.
   *
   * @param name as it is printed
   * @param format how its value is printed
   */
  public record Word(String name, Format format) {}

  /**
   * Reads the notation of the protocol files: names separated by blanks, each optionally with
   * {@code :x} (hexadecimal), {@code :o} (octal), {@code :ep} (endpoint) or {@code :ns}
   * (nanoseconds); in the request, {@code <name} is the in-buffer and {@code >name} the out-buffer.
   */
  public static Signature of(String request, String answer) {
    String in = null;
    String out = null;
    List<Word> words = new ArrayList<>();
    for (String token : request.split(" ")) {
      if (token.startsWith("<")) {
        in = token.substring(1);
      } else if (token.startsWith(">")) {
        out = token.substring(1);
      } else if (!token.isEmpty()) {
        words.add(word(token));
      }
    }
    List<Word> results = new ArrayList<>();
    for (String token : answer.split(" ")) {
      if (!token.isEmpty()) {
        results.add(word(token));
      }
    }
    if (words.size() > Message.WORDS || results.size() > Message.WORDS) {
      throw new IllegalArgumentException("more than 7 words: " + request + " / " + answer);
    }
    return new Signature(List.copyOf(words), List.copyOf(results), in, out);
  }

  private static Word word(String token) {
    int colon = token.indexOf(':');
    if (colon < 0) {
      return new Word(token, Format.DECIMAL);
    }
    Format format =
        switch (token.substring(colon + 1)) {
          case "x" -> Format.HEX;
          case "o" -> Format.OCTAL;
          case "ep" -> Format.ENDPOINT;
          case "ns" -> Format.NANOS;
          default -> throw new IllegalArgumentException("unknown word format: " + token);
        };
    return new Word(token.substring(0, colon), format);
  }
}
