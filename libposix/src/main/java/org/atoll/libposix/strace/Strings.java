package org.atoll.libposix.strace;

import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.atoll.abi.Limits;
import org.jspecify.annotations.Nullable;

/** Strings, paths, buffers and arrays of strings. */
final class Strings {

  private static final int VECTOR_MAX = 1024;
  private static final int VECTOR_BYTES = 16;
  private static final int VARIABLES_MAX = 1 << 16;

  private Strings() {}

  static void kinds(Map<String, Kind> all) {
    all.put("path", (out, value, size, look) -> string(out, value, look, Limits.PATH_BYTES_MAX));
    all.put("string", (out, value, size, look) -> string(out, value, look, look.stringBytes()));
    all.put("bytes", Strings::bytes);
    all.put("hex", Strings::hex);
    all.put("strings", Strings::strings);
    all.put("environment", Strings::environment);
    all.put("vector", Strings::vector);
  }

  /** A string that a NUL ends. */
  static void string(StringBuilder out, long address, Look look, int max) {
    byte[] text = address == 0 ? null : read(address, look, max + 1);
    if (text == null) {
      Numbers.address(out, address);
    } else {
      Quotes.quote(out, text, Math.min(text.length, max));
      out.append(text.length > max ? "..." : "");
    }
  }

  /** The bytes up to a NUL, at most so many; null when a byte before it cannot be read. */
  private static byte @Nullable [] read(long address, Look look, int max) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    long at = address;
    while (text.size() < max) {
      int toPageEnd = (int) (Limits.PAGE_BYTES - (at & Limits.PAGE_BYTES - 1));
      int bytes = Math.min(toPageEnd, max - text.size());
      byte[] piece = look.memory(at, bytes);
      if (piece == null) {
        return null;
      }
      for (byte b : piece) {
        if (b == 0) {
          return text.toByteArray();
        }
        text.write(b);
      }
      at += bytes;
    }
    return text.toByteArray();
  }

  private static void bytes(StringBuilder out, long address, long size, Look look) {
    int shown = Math.clamp(size, 0, look.stringBytes());
    byte[] text = address == 0 ? null : look.memory(address, shown);
    if (text == null) {
      Numbers.address(out, address);
    } else {
      Quotes.quote(out, text, shown);
      out.append(size > shown ? "..." : "");
    }
  }

  private static void hex(StringBuilder out, long address, long size, Look look) {
    int shown = Math.clamp(size, 0, look.stringBytes());
    Memory.of(
        out,
        address,
        shown,
        look,
        m -> {
          out.append('"');
          for (byte b : m.bytes()) {
            out.append("\\x").append(Character.forDigit(b >> 4 & 15, 16));
            out.append(Character.forDigit(b & 15, 16));
          }
          out.append(size > shown ? "\"..." : "\"");
        });
  }

  private static void strings(StringBuilder out, long address, long size, Look look) {
    byte[] pointer = address == 0 ? null : look.memory(address, 8);
    if (pointer == null) {
      Numbers.address(out, address);
      return;
    }
    out.append('[');
    int shown = 0;
    long next = new Memory(pointer, 0).longAt(0);
    for (; next != 0 && shown < look.stringBytes(); shown++) {
      out.append(shown == 0 ? "" : ", ");
      string(out, next, look, look.stringBytes());
      pointer = look.memory(address + 8L * (shown + 1), 8);
      next = pointer == null ? 0 : new Memory(pointer, 0).longAt(0);
    }
    out.append(next == 0 ? "]" : ", ...]");
  }

  private static void environment(StringBuilder out, long address, long size, Look look) {
    Numbers.address(out, address);
    if (address == 0) {
      return;
    }
    int count = 0;
    byte[] pointer = look.memory(address, 8);
    while (pointer != null && count < VARIABLES_MAX && new Memory(pointer, 0).longAt(0) != 0) {
      count++;
      pointer = look.memory(address + 8L * count, 8);
    }
    variables(out.append(' '), count);
  }

  /** How many variables an environment has. */
  static void variables(StringBuilder out, int count) {
    out.append("/* ").append(count).append(count == 1 ? " var */" : " vars */");
  }

  /** Pieces of a vector; of what a call read, only the result's bytes are there. */
  private static void vector(StringBuilder out, long address, long count, Look look) {
    int pieces = Math.clamp(count, 0, VECTOR_MAX);
    Memory.of(
        out,
        address,
        pieces * VECTOR_BYTES,
        look,
        m -> {
          long left = look.result() > 0 ? look.result() : Long.MAX_VALUE;
          out.append('[');
          for (int i = 0; i < pieces; i++) {
            long bytes = m.longAt(i * VECTOR_BYTES + 8);
            out.append(i == 0 ? "" : ", ").append("{iov_base=");
            bytes(out, m.longAt(i * VECTOR_BYTES), Math.min(bytes, left), look);
            out.append(", iov_len=").append(bytes).append('}');
            left -= Math.min(bytes, left);
          }
          out.append(']');
        });
  }
}
