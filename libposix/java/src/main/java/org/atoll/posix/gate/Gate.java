package org.atoll.posix.gate;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.atoll.abi.HostedProcess;

/**
 * The process that a Java program is: its system calls, its arguments, its streams, and the memory
 * through which buffers go.
 *
 * <p>Owner: the program's thread, which alone has it as its scope.
 */
public final class Gate {

  private static final ScopedValue<Gate> CURRENT = ScopedValue.newInstance();

  private static final int ARENA_BYTES = 128 * 1024;
  private static final int STRING_BYTES = 256;
  private static final int WORD = 8;

  /** Exit status where the process may not even have the arena. */
  private static final int NO_MEMORY = 1;

  private final HostedProcess process;
  private final List<String> arguments = new ArrayList<>();
  private final List<String> environment = new ArrayList<>();
  private final Map<String, String> properties = new HashMap<>();
  private final Standard standard = new Standard();
  private long arena;
  private int used;

  private Gate(HostedProcess process) {
    this.process = process;
  }

  /** What a program does; its result is the exit status. */
  @FunctionalInterface
  public interface Program {
    /** Runs it. */
    int run(Gate gate);
  }

  /** Runs a program in a process, on its thread. */
  public static int run(HostedProcess process, Program program) {
    Gate gate = new Gate(process);
    return ScopedValue.where(CURRENT, gate)
        .call(() -> {
          try {
            gate.begin();
          } catch (OutOfMemoryError noMemory) {
            return NO_MEMORY;
          }
          return program.run(gate);
        });
  }

  /** The process of the thread that asks. */
  public static Gate current() {
    return CURRENT.get();
  }

  private void begin() {
    arena = Memory.map(process, ARENA_BYTES);
    long at = process.stackPointer();
    long count = word(at);
    strings(at + WORD, arguments);
    strings(at + WORD * (count + 2), environment);
  }

  private void strings(long from, List<String> into) {
    long at = from;
    for (long text = word(at); text != 0; text = word(at)) {
      into.add(string(text));
      at += WORD;
    }
  }

  private long word(long address) {
    byte[] bytes = new byte[WORD];
    process.read(address, bytes, 0, WORD);
    return Bytes.getLong(bytes, 0);
  }

  private String string(long address) {
    byte[] bytes = new byte[STRING_BYTES];
    int length = 0;
    while (true) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * length);
      }
      process.read(address + length, bytes, length, 1);
      if (bytes[length] == 0) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
      }
      length++;
    }
  }

  /** Arguments of the process, the program's name first. */
  public List<String> arguments() {
    return List.copyOf(arguments);
  }

  /** Environment of the process, each {@code NAME=value}. */
  public List<String> environment() {
    return environment;
  }

  /** Properties that the program was started with; to be filled before it begins. */
  public Map<String, String> properties() {
    return properties;
  }

  /** The process itself. */
  public HostedProcess process() {
    return process;
  }

  /** Its standard streams. */
  public Standard standard() {
    return standard;
  }

  /** Standard error of the process. */
  public PrintStream err() {
    return standard.errors();
  }

  /** Takes memory for a call; null bytes of it: there is none, and it is to be mapped. */
  long take(int bytes) {
    int rounded = bytes + 15 & -16;
    if (rounded > ARENA_BYTES - used) {
      return 0;
    }
    long address = arena + used;
    used += rounded;
    return address;
  }

  /** How much of the arena is taken. */
  int used() {
    return used;
  }

  /** Gives back what was taken since. */
  void used(int before) {
    used = before;
  }
}
