package org.atoll.libposix.strace;

import java.nio.charset.StandardCharsets;
import org.atoll.abi.protocol.ExecImage;

/** The first program of a VOS, as the execve that no program made. */
public final class FirstProgram {

  private FirstProgram() {}

  /** The arguments of that execve. */
  public static String text(ExecImage image, int stringBytes) {
    StringBuilder out = new StringBuilder();
    quote(out, image.path(), Integer.MAX_VALUE);
    String before = ", [";
    for (String argument : image.arguments()) {
      quote(out.append(before), argument, stringBytes);
      before = ", ";
    }
    out.append(image.arguments().isEmpty() ? ", [" : "").append("], [");
    Strings.variables(out, image.environment().size());
    return out.append(']').toString();
  }

  private static void quote(StringBuilder out, String text, int max) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    Quotes.quote(out, bytes, Math.min(max, bytes.length));
    out.append(bytes.length > max ? "..." : "");
  }
}
