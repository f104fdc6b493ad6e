package org.atoll.vcpu;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HotSpot compiles no method of more than 8000 bytes of bytecode, and says nothing about it. */
final class DispatchSizeTest {
  private static final int HUGE_METHOD_BYTES = 8000;

  @Test
  void theDispatchIsSmallEnoughToBeCompiled() throws IOException {
    try (var in = Interpreter.class.getResourceAsStream("Interpreter.class")) {
      assertNotNull(in);
      List<Integer> sizes =
          ClassFile.of().parse(in.readAllBytes()).methods().stream()
              .filter(method -> method.methodName().equalsString("run"))
              .flatMap(method -> method.code().stream())
              .map(code -> ((CodeAttribute) code).codeLength())
              .toList();
      assertTrue(sizes.size() == 1 && sizes.getFirst() < HUGE_METHOD_BYTES, sizes.toString());
    }
  }
}
