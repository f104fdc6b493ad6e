package org.atoll.vcpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Generated programs, by seed: all registers, fcsr and memory against qemu-riscv64's. */
final class OracleTest {
  private static final int WHOLE = 100_000;

  @Test
  void generatedProgramsEndAsTheOracleRecorded() {
    for (Record record : Record.all()) {
      byte[] output = new GeneratedProgram(record.seed()).run(InstructionTable.RV64GC, WHOLE);
      assertEquals(record, Record.of(record.seed(), output), "seed " + record.seed());
    }
  }

  @Test
  void recordsAreWhatTheOracleAnswersToday() {
    Optional<Oracle> oracle = Oracle.find();
    if (oracle.isPresent()) {
      for (Record record : Record.all()) {
        byte[] output = oracle.get().run(new GeneratedProgram(record.seed()).elf());
        assertEquals(record, Record.of(record.seed(), output), "seed " + record.seed());
      }
    }
    assertEquals(Record.SEEDS, Record.all().size());
  }

  @Test
  void howARunIsCutIntoQuantaChangesNothing() {
    for (Record record : Record.all().subList(0, 8)) {
      for (int quantum : new int[] {1, 2, 7, 64}) {
        byte[] output = new GeneratedProgram(record.seed()).run(InstructionTable.RV64GC, quantum);
        assertEquals(record, Record.of(record.seed(), output), "seed " + record.seed());
      }
    }
  }

  @Test
  void eachInstructionThatIsTakenForAnotherIsNoticed() {
    var unnoticed = new ArrayList<InstructionTable.Row>();
    for (InstructionTable.Row row : InstructionTable.RV64GC.rows()) {
      if (row.format() != Format.NONE && !isNoticed(row)) {
        unnoticed.add(row);
      }
    }
    assertEquals(List.of(), unnoticed);
  }

  private static boolean isNoticed(InstructionTable.Row row) {
    InstructionTable broken = broken(row);
    for (Record record : Record.all()) {
      try {
        byte[] output = new GeneratedProgram(record.seed()).run(broken, WHOLE);
        if (!record.equals(Record.of(record.seed(), output))) {
          return true;
        }
      } catch (IllegalStateException trapOrEndless) {
        return true;
      }
    }
    return false;
  }

  /** A table in which an instruction does what the nearest other one of its format does. */
  private static InstructionTable broken(InstructionTable.Row row) {
    var rows = new ArrayList<>(InstructionTable.RV64GC.rows());
    var other =
        rows.stream()
            .filter(each -> each.format() == row.format() && each.op() != row.op())
            .min(Comparator.comparingInt(each -> Math.abs(each.op() - row.op())));
    int op = other.map(InstructionTable.Row::op).orElse(Op.ILLEGAL);
    rows.set(
        rows.indexOf(row), new InstructionTable.Row(op, row.format(), row.mask(), row.match()));
    return new InstructionTable(rows);
  }

  @Test
  void everyInstructionOfTheTableIsItsOwn() {
    List<InstructionTable.Row> rows = InstructionTable.RV64GC.rows();
    for (InstructionTable.Row row : rows) {
      assertEquals(row.op(), Packed.op(InstructionTable.RV64GC.decode(row.match())), "" + row);
      for (InstructionTable.Row other : rows) {
        boolean overlap = ((row.match() ^ other.match()) & row.mask() & other.mask()) == 0;
        assertTrue(row.equals(other) || !overlap, row + " and " + other);
      }
    }
    assertFalse(rows.isEmpty());
  }
}
