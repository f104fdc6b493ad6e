package org.atoll.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The mutations of kernel/stress/mutants.d fit the sources, the tests and the documentation. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MutationTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private final List<Mutation> all = Mutation.readAll(ROOT.resolve("kernel/stress/mutants.d"));

  MutationTest() throws IOException {}

  @Test
  void eachChangesASourceAsItIsNow() throws IOException {
    for (Mutation mutation : all) {
      String source = Files.readString(ROOT.resolve(mutation.file()));
      assertNotEquals(source, mutation.apply(ROOT), mutation.name());
    }
  }

  @Test
  void eachNamesAStressTest() throws IOException {
    for (Mutation mutation : all) {
      assertTrue(Files.exists(mutation.testSource(ROOT)), mutation.name());
    }
  }

  @Test
  void eachIsInTheDocumentationOnce() throws IOException {
    String text = Files.readString(ROOT.resolve("docs/concurrency.md"));
    Set<String> names = new HashSet<>();
    for (Mutation mutation : all) {
      assertTrue(names.add(mutation.name()), mutation.name() + " is there twice");
      assertTrue(text.contains("`" + mutation.name() + "`"), mutation.name());
    }
  }

  @Test
  void eachStressTestNoticesOne() throws IOException {
    Set<String> named = new HashSet<>();
    for (Mutation mutation : all) {
      named.add(mutation.testSource(ROOT).getFileName().toString());
    }
    try (Stream<Path> sources = Files.walk(ROOT.resolve("kernel/stress/src/main/java"))) {
      List<String> tests =
          sources
              .map(p -> p.getFileName().toString())
              .filter(n -> n.endsWith("Stress.java"))
              .toList();
      for (String test : tests) {
        assertTrue(named.contains(test), test + " was never seen to fail");
      }
    }
  }

  @Test
  void textThatIsNotThereOnceIsRefused(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("A.java"), "one two two");
    assertThrows(IllegalArgumentException.class, () -> change("three", "").apply(root));
    assertThrows(IllegalArgumentException.class, () -> change("two", "").apply(root));
    assertThrows(IllegalArgumentException.class, () -> change("one", "").testSource(ROOT));
    assertEquals("1 two", change("one   two", "1").apply(root));
  }

  @Test
  void aMistakeIsMadeWhereMoreTimePasses(@TempDir Path root) throws IOException {
    Files.writeString(root.resolve("A.java"), "one two");
    List<Mutation.Edit> wait = List.of(new Mutation.Edit("one", "one wait"));
    List<Mutation.Edit> mistake = List.of(new Mutation.Edit("wait two", "two wait"));
    Mutation both = new Mutation("both", "A.java", "NoStress", "order", "", wait, mistake);
    assertEquals("one wait two", both.widened(root));
    assertEquals("one two wait", both.apply(root));
  }

  private static Mutation change(String before, String after) {
    List<Mutation.Edit> edits = List.of(new Mutation.Edit(before, after));
    return new Mutation("change", "A.java", "NoStress", "nothing", "", List.of(), edits);
  }

  @Test
  void aTableHasSeveralEditsInOneMutationAndOneFolderForMany(@TempDir Path folder)
      throws IOException {
    Files.writeString(
        folder.resolve("table"),
        """
        # Two.
        folder  src/main/java/a

        name    first
        file    A.java
        test    AStress
        breaks  this and that
        - one
        - two
        + three
        - four

        name    second
        file    B.java
        test    BStress
        breaks  nothing
        hidden  it is so
        < five
        > five; wait
        - wait
        + six
        """);
    List<Mutation> read = Mutation.readAll(folder);
    assertEquals(
        List.of(new Mutation.Edit("one\n two", "three"), new Mutation.Edit("four", "")),
        read.get(0).edits());
    assertEquals(List.of(), read.get(0).widening());
    assertEquals(List.of(new Mutation.Edit("five", "five; wait")), read.get(1).widening());
    assertEquals(List.of(new Mutation.Edit("wait", "six")), read.get(1).edits());
    assertEquals("a.B", read.get(1).changed());
    assertEquals("it is so", read.get(1).hidden());
  }
}
