package org.atoll.libposix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With {@code -Datoll.regenerate=true} the page is written instead of compared. */
class ReferenceTest {

  @Test
  void thePageIsThatOfTheTable() throws IOException {
    Path page = Path.of(System.getProperty("atoll.root"), "docs", "reference", "posix.md");
    if (Boolean.getBoolean("atoll.regenerate")) {
      Files.writeString(page, Reference.page());
    }
    assertEquals(Files.readString(page), Reference.page(), "run with -Datoll.regenerate=true");
  }

  @Test
  void everyNumberIsInTheTableOnce() {
    Set<Integer> numbers = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (SystemCall row : SystemCalls.rows()) {
      assertTrue(numbers.add(row.number()), "number " + row.number());
      assertTrue(names.add(row.name()), row.name());
      assertEquals(row, SystemCalls.row(row.number()));
      assertEquals(row.support() == SystemCall.Support.NONE, row.body() == null, row.name());
      assertEquals(row.support() == SystemCall.Support.PARTIAL, !row.note().isEmpty(), row.name());
    }
    assertEquals(null, SystemCalls.row(-1));
    assertEquals(null, SystemCalls.row(511));
    assertEquals(null, SystemCalls.row(Long.MAX_VALUE));
    assertNotNull(SystemCalls.row(462));
  }
}
