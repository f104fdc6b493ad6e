package org.atoll.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Programs see errnos in a class of their own; the numbers are the kernel's. */
final class ErrnoTest {

  private static Map<String, Integer> constants(Class<?> type) throws IllegalAccessException {
    Map<String, Integer> constants = new TreeMap<>();
    for (Field field : type.getFields()) {
      if (field.getType() == int.class && field.getName().startsWith("E")) {
        constants.put(field.getName(), field.getInt(null));
      }
    }
    return constants;
  }

  @Test
  void anErrnoOfAProgramHasTheNumberOfTheKernels() throws IllegalAccessException {
    Map<String, Integer> kernel = constants(org.atoll.abi.Errno.class);
    Map<String, Integer> programs = constants(Errno.class);
    kernel.keySet().retainAll(programs.keySet());
    programs.keySet().retainAll(kernel.keySet());
    assertEquals(kernel, programs);
    assertTrue(programs.size() > 40, "few are compared");
  }
}
