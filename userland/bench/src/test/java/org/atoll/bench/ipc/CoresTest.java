package org.atoll.bench.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoresTest {

  @Test
  void aListOfCoresIsWrittenAsTasksetTakesIt() {
    assertEquals("0,2,3", Cores.list(List.of(0, 2, 3)));
  }

  @Test
  void aListOfCoresIsReadAsTheKernelWritesIt() {
    assertEquals(List.of(0), Cores.parse("0"));
    assertEquals(List.of(0, 1, 2, 5, 8, 9), Cores.parse("0-2,5,8-9"));
  }
}
