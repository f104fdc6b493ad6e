package org.atoll.servers.vm;

import static org.atoll.abi.Errno.EACCES;
import static org.atoll.abi.Errno.EFAULT;
import static org.atoll.servers.vm.VmFixture.PAGE;
import static org.atoll.servers.vm.VmFixture.PM;
import static org.atoll.servers.vm.VmFixture.READ;
import static org.atoll.servers.vm.VmFixture.TASK;
import static org.atoll.servers.vm.VmFixture.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.atoll.abi.protocol.VmProtocol.Call;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random mappings, writes, forks and ends, beside a model that copies everything. */
class RandomMemoryTest {

  private static final long AREA = 0x5000_0000L;
  private static final int PAGES = 24;
  private static final int UNMAPPED = -1;

  /** What a process must see: a value for each page, and whether it may write it. */
  private static final class Model {
    final int[] values = new int[PAGES];
    final boolean[] writable = new boolean[PAGES];

    Model() {
      Arrays.fill(values, UNMAPPED);
    }

    Model copy() {
      Model copy = new Model();
      System.arraycopy(values, 0, copy.values, 0, PAGES);
      System.arraycopy(writable, 0, copy.writable, 0, PAGES);
      return copy;
    }
  }

  private final VmFixture f = new VmFixture();
  private final Map<Integer, Model> models = new TreeMap<>();
  private int nextTask = TASK + 1;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyProcessSeesItsOwnMemoryAndAllFramesComeBack(long seed) {
    Random random = new Random(seed);
    models.put(TASK, new Model());
    for (int i = 0; i < 300; i++) {
      Integer[] tasks = models.keySet().toArray(Integer[]::new);
      act(random, tasks[random.nextInt(tasks.length)]);
    }
    models.forEach(this::look);
    for (int task : models.keySet()) {
      f.now(PM, Call.EXIT, task);
    }
    assertEquals(0, f.used());
    assertEquals(0, f.memory.spaceCount());
  }

  private void act(Random random, int task) {
    Model model = models.get(task);
    int first = random.nextInt(PAGES);
    int count = 1 + random.nextInt(Math.min(6, PAGES - first));
    long at = AREA + (long) first * PAGE;
    long bytes = (long) count * PAGE;
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        boolean writable = random.nextBoolean();
        long rights = writable ? READ | WRITE : READ;
        assertEquals(at, f.now(task, Call.MMAP, at, bytes, rights, 0x32, -1, 0));
        set(model, first, count, 0, writable);
      }
      case 2 -> {
        assertEquals(0, f.now(task, Call.MUNMAP, at, bytes));
        set(model, first, count, UNMAPPED, false);
      }
      case 3 -> protect(random, task, model, first, count);
      case 4 -> {
        f.now(task, Call.MADVISE, at, bytes, 4);
        for (int p = first; p < first + count; p++) {
          model.values[p] = Math.min(model.values[p], 0);
        }
      }
      case 5 -> fork(task, model);
      case 6 -> {
        if (models.size() > 1) {
          look(task, model);
          models.remove(task);
          f.now(PM, Call.EXIT, task);
        }
      }
      default -> store(random, task, model, first);
    }
  }

  private static void set(Model model, int first, int count, int value, boolean writable) {
    for (int p = first; p < first + count; p++) {
      model.values[p] = value;
      model.writable[p] = writable;
    }
  }

  private void protect(Random random, int task, Model model, int first, int count) {
    boolean writable = random.nextBoolean();
    long rights = writable ? READ | WRITE : READ;
    f.now(task, Call.MPROTECT, AREA + (long) first * PAGE, (long) count * PAGE, rights);
    for (int p = first; p < first + count && model.values[p] != UNMAPPED; p++) {
      model.writable[p] = writable;
    }
  }

  private void fork(int task, Model model) {
    if (models.size() < 6) {
      int child = nextTask++;
      assertEquals(0, f.now(PM, Call.FORK, task, child, 0));
      models.put(child, model.copy());
    }
  }

  private void store(Random random, int task, Model model, int page) {
    int value = 1 + random.nextInt(100);
    long at = AREA + (long) page * PAGE;
    if (model.values[page] != UNMAPPED && model.writable[page]) {
      f.store(task, at, value);
      model.values[page] = value;
    } else {
      int refused = model.values[page] == UNMAPPED ? EFAULT : EACCES;
      assertEquals(-refused, f.now(task, Call.FAULT, at, WRITE));
    }
  }

  private void look(int task, Model model) {
    for (int p = 0; p < PAGES; p++) {
      long at = AREA + (long) p * PAGE;
      long result = f.now(task, Call.FAULT, at, READ);
      assertEquals(model.values[p] == UNMAPPED ? -EFAULT : 0, result, "page " + p);
      if (result == 0) {
        assertEquals(model.values[p], f.peek(task, at), "page " + p + " of " + task);
      }
    }
  }
}
