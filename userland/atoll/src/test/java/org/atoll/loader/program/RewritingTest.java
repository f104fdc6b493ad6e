package org.atoll.loader.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the host's in a guest's classes becomes the process's. */
final class RewritingTest {

  private static ClassModel rewritten(String statement) {
    Compiled compiled =
        ProgramCompiler.compile(
            "P.java", "class P { static void f(Object o) throws Exception { " + statement + " } }");
    byte[] file = Objects.requireNonNull(compiled.classes().get("P"), compiled.said());
    byte[] made = new Rewriting(ClassHierarchyResolver.defaultResolver()).rewrite(file);
    assertEquals(List.of(), ClassFile.of().verify(made));
    return ClassFile.of().parse(made);
  }

  /** What f uses: methods and fields, by owner and name. */
  private static List<String> used(String statement) {
    return rewritten(statement).methods().stream()
        .filter(method -> method.methodName().equalsString("f"))
        .flatMap(method -> method.code().orElseThrow().elementStream())
        .mapMulti((Object element, java.util.function.Consumer<String> to) -> {
          switch (element) {
            case InvokeInstruction call ->
                to.accept(call.owner().name().stringValue() + "." + call.name().stringValue());
            case FieldInstruction field -> to.accept(field.name().stringValue());
            case MonitorInstruction monitor -> to.accept(monitor.opcode().name());
            default -> {}
          }
        })
        .filter(name -> !name.endsWith("Ambient.poll"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "System.exit(1);exit",
        "System.nanoTime();nanoTime",
        "IO.println();println",
        "Thread.sleep(1);sleep",
        "new Exception().printStackTrace();printStackTrace",
        "Math.random();random"
      })
  void whatIsTheHostsIsCalledInTheProcess(String statementAndName) {
    int semicolon = statementAndName.lastIndexOf(';') + 1;
    List<String> used = used(statementAndName.substring(0, semicolon));
    assertEquals(
        "org/atoll/posix/gate/Ambient." + statementAndName.substring(semicolon), used.getLast());
  }

  @Test
  void aStreamIsAskedOfTheProcess() {
    assertEquals(
        List.of("org/atoll/posix/gate/Ambient.out", "java/io/PrintStream.println"),
        used("System.out.println();"));
  }

  @Test
  void aRandomIsGivenASeedOfTheProcess() {
    assertEquals(
        List.of("org/atoll/posix/gate/Ambient.seed", "java/util/Random.<init>"),
        used("new java.util.Random();"));
  }

  @Test
  void monitorsGo() {
    assertEquals(List.of("java/util/Objects.requireNonNull"), used("synchronized (o) {}"));
  }
}
