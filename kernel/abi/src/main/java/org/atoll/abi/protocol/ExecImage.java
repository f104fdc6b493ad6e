package org.atoll.abi.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes that ask for a program: path, working directory, arguments and environment, each ended
 * by a NUL, behind two 32-bit counts.
 *
 * @param path the program's path; without a slash it is searched for in PATH of the environment
 * @param directory where it starts
 * @param arguments argv
 * @param environment NAME=value
 */
public record ExecImage(
    String path, String directory, List<String> arguments, List<String> environment) {

  /** What a failed exec's answer is about: the program. */
  public static final int PROGRAM = 0;

  /** The program, and a line on standard error says why already. */
  public static final int SAID = 1;

  /** The directory where it should start. */
  public static final int WORKING_DIRECTORY = 2;

  /** The buffer. */
  public byte[] encode() {
    StringBuilder text = new StringBuilder();
    text.append(path).append('\0').append(directory).append('\0');
    arguments.forEach(a -> text.append(a).append('\0'));
    environment.forEach(e -> text.append(e).append('\0'));
    byte[] strings = text.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[8 + strings.length];
    putInt(bytes, 0, arguments.size());
    putInt(bytes, 4, environment.size());
    System.arraycopy(strings, 0, bytes, 8, strings.length);
    return bytes;
  }

  /** Reads the buffer; each char of a string is one byte (ISO 8859-1). */
  public static ExecImage decode(byte[] bytes, int length) {
    int arguments = getInt(bytes, 0);
    int environment = getInt(bytes, 4);
    List<String> strings = new ArrayList<>();
    int from = 8;
    for (int i = 8; i < length; i++) {
      if (bytes[i] == 0) {
        strings.add(new String(bytes, from, i - from, StandardCharsets.ISO_8859_1));
        from = i + 1;
      }
    }
    if (arguments < 0 || environment < 0 || strings.size() != 2 + arguments + environment) {
      throw new IllegalArgumentException("exec buffer: counts and strings differ");
    }
    return new ExecImage(
        strings.get(0),
        strings.get(1),
        List.copyOf(strings.subList(2, 2 + arguments)),
        List.copyOf(strings.subList(2 + arguments, strings.size())));
  }

  private static void putInt(byte[] bytes, int at, int value) {
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> 8 * i);
    }
  }

  private static int getInt(byte[] bytes, int at) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= (bytes[at + i] & 0xff) << 8 * i;
    }
    return value;
  }
}
