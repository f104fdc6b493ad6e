package org.atoll.libsys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.atoll.abi.StateReader;
import org.atoll.abi.StateWriter;
import org.junit.jupiter.api.Test;

class RowsTest {

  @Test
  void aTableKeepsWhatItWasGivenInOrderThroughAnyInsertsAndRemovals() {
    Random random = new Random(7);
    LongLongTable table = new LongLongTable();
    Map<Long, Long> expected = new LinkedHashMap<>();
    for (int i = 0; i < 20_000; i++) {
      long key = (long) random.nextInt(300) << random.nextInt(3) * 16;
      if (random.nextBoolean()) {
        table.put(key, i);
        expected.put(key, (long) i);
      } else {
        assertEquals(expected.remove(key) != null, table.remove(key));
      }
      assertEquals(expected.getOrDefault(key, -1L), table.get(key, -1));
    }
    assertEquals(new ArrayList<>(expected.keySet()), keys(table));
  }

  @Test
  void aTouchedKeyBecomesTheLast() {
    LongTable<String> table = new LongTable<>();
    table.put(1, "one");
    table.put(2, "two");
    table.touch(1);
    assertEquals(2, table.key(table.first()));
    assertEquals("one", table.value(table.next(table.first())));
  }

  @Test
  void aRowComesBackWithItsWordsAfterSaveAndLoad() {
    Rows rows = new Rows();
    for (long key = 1; key < 100; key++) {
      rows.add(key << 32, (int) key, key, 2, 3, 4, 5, 6, -key);
    }
    rows.take(50L << 32);
    StateWriter out = new StateWriter();
    rows.save(out);
    Rows loaded = new Rows();
    loaded.load(new StateReader(out.toBytes()));
    assertFalse(loaded.contains(50L << 32));
    Row row = loaded.take(51L << 32);
    assertEquals(51, row.step);
    assertEquals(51, row.w0);
    assertEquals(-51, row.w6);
    assertEquals(97, loaded.size());
  }

  @Test
  void aRowIsTakenOnce() {
    Rows rows = new Rows();
    rows.add(5, 1);
    rows.take(5);
    assertThrows(IllegalStateException.class, () -> rows.take(5));
  }

  private static List<Long> keys(LongLongTable table) {
    List<Long> keys = new ArrayList<>();
    for (int at = table.first(); at >= 0; at = table.next(at)) {
      keys.add(table.key(at));
    }
    return keys;
  }
}
