package org.atoll.bench;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;

/**
 * A static program on a bare engine: loaded whole, with {@code write} and {@code exit} and no
 * kernel, so that a benchmark measures the engine alone.
 */
final class StaticGuest {
  private static final int STACK_PAGES = 16;
  private static final long STACK_TOP = 0x30_0000_0000L;
  private static final int QUANTUM = 10_000_000;
  private static final int RWX = AddressSpace.RIGHTS;
  private static final int A0 = 10;
  private static final int A7 = 17;

  private final Frames frames;
  private final AddressSpace space;
  private final Hart hart = new Hart();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  /** Loads a program into frames of the arena's memory. */
  StaticGuest(Arena arena, byte[] elf, List<String> arguments) {
    int count = 4096;
    long bytes = (long) count * Frames.FRAME_BYTES;
    this.frames = new Frames(arena.allocate(bytes, Frames.FRAME_BYTES).address(), count);
    this.space = new AddressSpace(frames);
    load(elf);
    start(arguments);
  }

  private void load(byte[] bytes) {
    var elf = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    hart.pc = elf.getLong(24);
    long headers = elf.getLong(32);
    for (int i = 0; i < elf.getShort(56); i++) {
      int at = (int) headers + i * elf.getShort(54);
      if (elf.getInt(at) == 1) {
        long address = elf.getLong(at + 16);
        ensure(address, elf.getLong(at + 40));
        space.write(address, bytes, (int) elf.getLong(at + 8), (int) elf.getLong(at + 32));
      }
    }
  }

  private void ensure(long address, long length) {
    for (long page = address >>> 12; page <= address + length - 1 >>> 12; page++) {
      if (space.entry(page) == 0 && !space.map(page, frames.allocate(), RWX)) {
        throw new IllegalStateException("the guest does not fit into its memory");
      }
    }
  }

  private void start(List<String> arguments) {
    ensure(STACK_TOP - STACK_PAGES * 4096L, STACK_PAGES * 4096L);
    var stack = new byte[4096];
    var block = ByteBuffer.wrap(stack).order(ByteOrder.LITTLE_ENDIAN);
    long sp = STACK_TOP - stack.length;
    int text = 8 * (arguments.size() + 3);
    block.putLong(arguments.size());
    for (String argument : arguments) {
      byte[] bytes = argument.getBytes(StandardCharsets.UTF_8);
      block.putLong(sp + text);
      block.put(text, bytes);
      text += bytes.length + 1;
    }
    space.write(sp, stack, 0, stack.length);
    hart.x[2] = sp;
  }

  /** Runs to the end and answers what the program printed. */
  String run(Engine engine) {
    while (true) {
      int trap = engine.run(hart, space, QUANTUM);
      if (trap == Trap.ECALL && hart.x[A7] == 93) {
        return output.toString(StandardCharsets.UTF_8);
      }
      if (trap == Trap.ECALL && hart.x[A7] == 64) {
        var bytes = new byte[(int) hart.x[A0 + 2]];
        hart.x[A0] = space.read(hart.x[A0 + 1], bytes, 0, bytes.length);
        output.write(bytes, 0, bytes.length);
        hart.pc += 4;
      } else if (trap != Trap.QUANTUM_OVER) {
        throw new IllegalStateException(
            "trap "
                + trap
                + " at "
                + Long.toHexString(hart.pc)
                + " value "
                + Long.toHexString(hart.trapValue));
      }
    }
  }

  long retired() {
    return hart.retired;
  }
}
