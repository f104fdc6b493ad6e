package org.atoll.vcpu;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import org.atoll.abi.Trap;
import org.atoll.hypercall.cpu.Engine;
import org.atoll.hypercall.cpu.Hart;
import org.atoll.hypercall.memory.AddressSpace;
import org.atoll.hypercall.memory.Frames;

/** Frames, one address space and one hart on an engine, with {@code write} and {@code exit}. */
final class Machine implements AutoCloseable {
  static final int RX = AddressSpace.READ | AddressSpace.EXECUTE;
  static final int RW = AddressSpace.READ | AddressSpace.WRITE;
  static final int FRAMES = 512;
  private static final long BUDGET = 1_000_000;
  private static final int WRITE = 64;
  private static final int EXIT = 93;

  private final Arena arena = Arena.ofShared();
  final Frames frames =
      new Frames(arena.allocate(FRAMES * 4096L, Frames.FRAME_BYTES).address(), FRAMES);
  final AddressSpace space = new AddressSpace(frames);
  final Hart hart = new Hart();
  final Engine engine;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  Machine(Engine engine) {
    this.engine = engine;
  }

  Machine() {
    this(new Interpreter());
  }

  /** Maps fresh pages that hold bytes. */
  Machine map(long address, byte[] bytes, int rights) {
    for (int at = 0; at < bytes.length; at += Frames.FRAME_BYTES) {
      int frame = frames.allocate();
      frames.write(frame, 0, bytes, at, Math.min(Frames.FRAME_BYTES, bytes.length - at));
      assertTrue(space.map(address + at >>> Frames.FRAME_SHIFT, frame, rights));
    }
    return this;
  }

  Machine code(long address, CodeBuffer code) {
    hart.pc = address;
    return map(address, code.toBytes(), RX);
  }

  int run(int instructions) {
    return engine.run(hart, space, instructions);
  }

  /** Runs until {@code exit} in quanta of a length, and answers what was written. */
  byte[] runToExit(int quantum) {
    while (hart.retired < BUDGET) {
      int trap = run(quantum);
      if (trap == Trap.ECALL && hart.x[CodeBuffer.A7] == EXIT) {
        return output.toByteArray();
      }
      if (trap == Trap.ECALL && hart.x[CodeBuffer.A7] == WRITE) {
        var bytes = new byte[(int) hart.x[CodeBuffer.A2]];
        hart.x[CodeBuffer.A0] = space.read(hart.x[CodeBuffer.A1], bytes, 0, bytes.length);
        output.writeBytes(bytes);
        hart.pc += 4;
      } else if (trap != Trap.QUANTUM_OVER) {
        throw new IllegalStateException(
            "trap %d at %x, value %x".formatted(trap, hart.pc, hart.trapValue));
      }
    }
    throw new IllegalStateException("no exit after " + BUDGET + " instructions");
  }

  @Override
  public void close() {
    arena.close();
  }
}
