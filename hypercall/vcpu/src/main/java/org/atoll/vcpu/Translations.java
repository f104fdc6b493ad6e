package org.atoll.vcpu;

import org.atoll.hypercall.memory.AddressSpace;
import org.jspecify.annotations.Nullable;

/**
 * An engine's buffers of translations: one each for the address spaces that it ran last, so that
 * processes which take turns find theirs again (as address-space identifiers do it, RISC-V
 * Privileged, Sv39). What is in them is looked at when a space is entered, so a space may change
 * meanwhile, and end.
 *
 * <p>Measured by {@code atoll bench syscall}: rows {@code pipe} and {@code switch}.
 *
 * <p>Owner: one engine.
 */
final class Translations {

  /** Spaces that are remembered; each takes 10 KiB, and keeps the code that it ran. */
  private static final int SPACES = 8;

  /** Those of one space. */
  static final class OfSpace {
    final DataTranslations data = new DataTranslations();
    final AtomicUnit atomics = new AtomicUnit(data);
    final CodeTranslations codes;
    private @Nullable AddressSpace space;

    private OfSpace(CodeTranslations codes) {
      this.codes = codes;
    }
  }

  private final OfSpace[] all = new OfSpace[SPACES];
  private OfSpace last;
  private int oldest;

  Translations(InstructionTable table) {
    long[] straddling = new long[CodePage.SLOTS];
    for (int i = 0; i < SPACES; i++) {
      all[i] = new OfSpace(new CodeTranslations(table, straddling));
    }
    last = all[0];
  }

  /** Those that were entered last. */
  OfSpace last() {
    return last;
  }

  /** Prepares for a run in a space. */
  OfSpace enter(AddressSpace space) {
    if (last.space != space) {
      last = find(space);
    }
    last.data.enter(space);
    last.codes.enter(space);
    return last;
  }

  private OfSpace find(AddressSpace space) {
    for (OfSpace one : all) {
      if (one.space == space) {
        return one;
      }
    }
    OfSpace taken = all[oldest];
    oldest = (oldest + 1) % SPACES;
    taken.space = space;
    return taken;
  }
}
