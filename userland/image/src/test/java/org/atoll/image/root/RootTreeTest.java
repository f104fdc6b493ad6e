package org.atoll.image.root;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootTreeTest {
  private static final Attributes A = Attributes.ofRoot(0755, 1, "a");
  private static final Attributes B = Attributes.ofRoot(0700, 2, "b");

  @TempDir Path folder;
  RootTree tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = new RootTree(folder, (later, earlier) -> later.equals("winner"));
  }

  @AfterEach
  void closeTree() throws IOException {
    tree.close();
  }

  @Test
  void missingDirectoriesAreImpliedUntilSomebodyDeclaresThem() throws IOException {
    tree.file("x/y/z", A, new byte[] {1});
    tree.directory("x", B);
    tree.settle(A);
    assertEquals(List.of("x", "x/y", "x/y/z"), List.copyOf(tree.nodes().keySet()));
    assertEquals(0700, node("x").attributes().mode());
    assertEquals(0755, node("x/y").attributes().mode());
  }

  @Test
  void theFirstToDeclareADirectoryDecides() throws IOException {
    tree.directory("x", A);
    tree.directory("x/", B);
    assertEquals(0755, node("x").attributes().mode());
  }

  @Test
  void filesFollowTheSymlinksOfTheirDirectories() throws IOException {
    tree.symlink("bin", A, "usr/bin");
    tree.symlink("abs", A, "/bin/../lib");
    tree.directory("bin/", B);
    tree.file("./bin/ls", A, new byte[] {7});
    tree.file("abs/lib.so", A, new byte[] {8});
    assertTrue(node("bin").isSymlink());
    assertArrayEquals(new byte[] {7}, tree.content("usr/bin/ls"));
    assertArrayEquals(new byte[] {7}, tree.content("bin/ls"));
    assertTrue(tree.has("usr/lib/lib.so"));
  }

  @Test
  void symlinksCannotLeadAboveTheRoot() throws IOException {
    tree.symlink("up", A, "../../..");
    tree.file("up/x", A, new byte[] {1});
    assertTrue(tree.nodes().containsKey("x"));
  }

  @Test
  void circlesOfSymlinksAreRefused() throws IOException {
    tree.symlink("a", A, "b");
    tree.symlink("b", A, "a");
    assertThrows(ImageException.class, () -> tree.file("a/x", A, new byte[0]));
  }

  @Test
  void aFileIsNoDirectoryForOthers() throws IOException {
    tree.file("x", A, new byte[0]);
    assertThrows(ImageException.class, () -> tree.file("x/y", A, new byte[0]));
  }

  @Test
  void aDirectoryIsNotReplacedByAFile() throws IOException {
    tree.directory("x", A);
    assertThrows(ImageException.class, () -> tree.file("x", A, new byte[0]));
  }

  @Test
  void twoPackagesCannotBringTheSameFileUnlessOneMayReplaceIt() throws IOException {
    tree.file("x", A, new byte[] {1});
    assertThrows(ImageException.class, () -> tree.file("x", B, new byte[] {2}));
    tree.file("x", Attributes.ofRoot(0644, 0, "winner"), new byte[] {3});
    assertArrayEquals(new byte[] {3}, tree.content("x"));
  }

  @Test
  void aHardLinkNeedsItsFileBeforeIt() throws IOException {
    assertThrows(ImageException.class, () -> tree.hardLink("y", "x"));
    tree.file("x", A, new byte[] {5});
    tree.hardLink("y", "./x");
    assertArrayEquals(new byte[] {5}, tree.content("y"));
  }

  @Test
  void removingADirectoryTakesWhatIsInItAndNothingElse() throws IOException {
    tree.file("x/a", A, new byte[0]);
    tree.file("x-y", A, new byte[0]);
    tree.file("x0", A, new byte[0]);
    tree.remove("x");
    assertEquals(List.of("x-y", "x0"), List.copyOf(tree.nodes().keySet()));
  }

  @Test
  void aFileThatEndsEarlyIsRefused() {
    ByteArrayInputStream in = new ByteArrayInputStream(new byte[3]);
    assertThrows(ImageException.class, () -> tree.file("x", A, in, 4));
  }

  @Test
  void namesThatLeadOutOfTheRootAreRefused() throws IOException {
    for (String name : List.of("/etc/x", "../x", "a/../../x", "a\0b", "bad\uFFFD")) {
      assertThrows(ImageException.class, () -> RootPath.clean(name), name);
    }
    assertThrows(ImageException.class, () -> RootPath.clean("x".repeat(256)));
    assertThrows(ImageException.class, () -> RootPath.clean("x/".repeat(3000)));
    assertEquals("a/b", RootPath.clean("./a//b/./"));
    assertEquals("", RootPath.clean("./"));
    assertFalse(tree.has("nothing"));
  }

  private Node node(String path) {
    return requireNonNull(tree.nodes().get(path), path);
  }
}
