package org.atoll.image.debian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.atoll.image.root.ImageException;
import org.junit.jupiter.api.Test;

class ClosureTest {
  @Test
  void dependenciesAndPreDependenciesAreFollowed() throws IOException {
    String index = deb("a", "Depends: b") + deb("b", "Pre-Depends: c (>= 1)") + deb("c", "");
    assertEquals("a b c", closure(index, "a"));
  }

  @Test
  void theNewestVersionIsTaken() throws IOException {
    String index = deb("a", "1.9", "") + deb("a", "1.10", "") + deb("a", "1.2", "");
    assertEquals(
        List.of("1.10"),
        Closure.of(read(index), List.of("a")).stream().map(d -> d.version().text()).toList());
  }

  @Test
  void aVersionCanBeAskedFor() throws IOException {
    String index = deb("a", "1.9", "") + deb("a", "1.10", "");
    assertEquals(
        List.of("1.9"),
        Closure.of(read(index), List.of("a=1.9")).stream().map(d -> d.version().text()).toList());
  }

  @Test
  void theFirstAlternativeThatTheArchiveHasIsTaken() throws IOException {
    String index = deb("a", "Depends: gone | c | b") + deb("b", "") + deb("c", "");
    assertEquals("a c", closure(index, "a"));
  }

  @Test
  void anAlternativeThatIsAlreadyChosenAddsNothing() throws IOException {
    String index = deb("a", "Depends: c | b") + deb("b", "") + deb("c", "");
    assertEquals("a b", closure(index, "a", "b"));
  }

  @Test
  void aVirtualPackageIsServedByTheMostUsualProvider() throws IOException {
    String index =
        deb("a", "Depends: awk")
            + deb("gawk", "Provides: awk\nPriority: optional")
            + deb("mawk", "Provides: awk\nPriority: required");
    assertEquals("a mawk", closure(index, "a"));
  }

  @Test
  void aProviderThatIsWantedServesTheVirtualPackage() throws IOException {
    String index =
        deb("a", "Depends: awk")
            + deb("gawk", "Provides: awk")
            + deb("mawk", "Provides: awk\nPriority: required");
    assertEquals("a gawk", closure(index, "a", "gawk"));
  }

  @Test
  void onlyAVersionedProvisionServesAVersionedDependency() throws IOException {
    String index =
        deb("a", "Depends: v (>= 2)")
            + deb("p0", "Provides: v")
            + deb("p1", "Provides: v (= 1)")
            + deb("p2", "Provides: w, v (= 2.1)");
    assertEquals("a p2", closure(index, "a"));
  }

  @Test
  void architectureQualifiersAreRead() throws IOException {
    assertEquals("a b", closure(deb("a", "Depends: b:any (>= 1)") + deb("b", ""), "a"));
  }

  @Test
  void circlesEnd() throws IOException {
    assertEquals("a b", closure(deb("a", "Depends: b") + deb("b", "Depends: a"), "a"));
  }

  @Test
  void aMissingDependencySaysWhoNeedsIt() {
    refused("a 1 needs gone (>= 3) | lost", deb("a", "Depends: gone (>= 3) | lost"), "a");
  }

  @Test
  void aMissingPackageSaysSo() {
    refused("the archive has no package x", deb("a", ""), "x");
  }

  @Test
  void packagesThatConflictAreRefused() {
    String index = deb("a", "Conflicts: v") + deb("b", "Provides: v");
    refused("a 1 cannot be in one image with b 1", index, "a", "b");
  }

  @Test
  void aPackageDoesNotConflictWithItself() throws IOException {
    assertEquals("a", closure(deb("a", "Provides: v\nConflicts: v"), "a"));
  }

  @Test
  void aPackageThatIsBrokenOnlyInOldVersionsIsKept() throws IOException {
    assertEquals("a b", closure(deb("a", "Breaks: b (<< 1)") + deb("b", ""), "a", "b"));
  }

  @Test
  void aNameThatClimbsOutOfTheMirrorIsRefused() {
    String index = deb("a", "").replace("pool/a.deb", "../../etc/shadow");
    refused("refused: the archive's index names the file", index, "a");
  }

  private static void refused(String why, String index, String... wanted) {
    ImageException e = assertThrows(ImageException.class, () -> closure(index, wanted));
    assertTrue(e.toString().contains(why), e.getMessage());
  }

  private static String closure(String index, String... wanted) throws IOException {
    return String.join(
        " ",
        Closure.of(read(index), Arrays.asList(wanted)).stream().map(DebPackage::name).toList());
  }

  private static PackageIndex read(String index) throws IOException {
    return PackageIndex.read(new ByteArrayInputStream(index.getBytes(StandardCharsets.UTF_8)));
  }

  private static String deb(String name, String fields) {
    return deb(name, "1", fields);
  }

  private static String deb(String name, String version, String fields) {
    return "Package: %s\nVersion: %s\n%sFilename: pool/%s.deb\nSize: 1\nSHA256: %s\n\n"
        .formatted(name, version, fields.isEmpty() ? "" : fields + "\n", name, "0".repeat(64));
  }
}
