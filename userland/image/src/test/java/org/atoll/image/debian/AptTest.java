package org.atoll.image.debian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.atoll.image.root.ImageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptTest {
  @TempDir Path root;

  @Test
  void sourcesOfBothFormsAreReadInAptsOrder() throws IOException {
    write("etc/apt/sources.list", "deb http://one.example/debian/ stable main # the first\n");
    write(
        "etc/apt/sources.list.d/b.sources",
        """
        # A comment.
        Types: deb deb-src
        URIs: http://three.example/debian mirror+file:/etc/list
          https://four.example/debian/
        Suites: stable
        Components: main
        Signed-By: /keys/four.gpg
        """);
    write(
        "etc/apt/sources.list.d/a.list",
        """
        deb-src http://no.example/ stable main
        deb [arch=amd64 signed-by=/keys/two.gpg] http://two.example/d stable main
        deb http://flat.example/ ./
        deb cdrom:[Debian]/ stable main
        """);
    write("etc/apt/sources.list.d/c.sources.disabled", "Types: deb\nURIs: http://no.example\n");
    assertEquals(
        List.of(
            "http://one.example/debian ",
            "http://two.example/d /keys/two.gpg",
            "http://three.example/debian /keys/four.gpg",
            "https://four.example/debian /keys/four.gpg"),
        apt().sources().stream().map(s -> s.mirror() + " " + s.signedBy()).toList());
  }

  @Test
  void aSourceThatIsSwitchedOffIsLeftOut() throws IOException {
    write(
        "etc/apt/sources.list.d/a.sources",
        """
        Enabled: no
        Types: deb
        URIs: http://no.example/debian
        Suites: stable

        Types: deb
        URIs: file:/srv/mirror
        Suites: stable
        """);
    assertEquals(
        List.of(URI.create("file:/srv/mirror")),
        apt().sources().stream().map(AptSource::mirror).toList());
  }

  @Test
  void expiryIsIgnoredWhereAptIgnoresIt() throws IOException {
    write(
        "etc/apt/sources.list",
        "deb [check-valid-until=no] http://a.example/ s main\ndeb http://b.example/ s main\n");
    assertEquals(
        List.of(Release.Dates.EXPIRY_IGNORED, Release.Dates.CHECKED),
        apt().sources().stream().map(AptSource::dates).toList());
    write("etc/apt/apt.conf.d/99snapshot", "Acquire::Check-Valid-Until \"false\";\n");
    assertTrue(apt().sources().stream().allMatch(s -> s.dates() == Release.Dates.EXPIRY_IGNORED));
  }

  @Test
  void proxiesComeFromNestedAndFlatSettings() throws IOException {
    write(
        "etc/apt/apt.conf.d/10proxy",
        """
        // Proxy "http://no.example:1"; /* and
        so on */
        # Acquire::http::Proxy "http://no.example:2";
        APT::Nested::Scope { Other "1"; };
        Acquire
        {
          http { Proxy "http://cache.example:3142/"; Proxy::near.example "DIRECT"; };
          Languages { "none"; };
        };
        """);
    assertEquals("http://cache.example:3142/", proxy("http://far.example/debian", Map.of()));
    assertEquals("none", proxy("http://near.example/debian", Map.of()));
    assertEquals("http://cache.example:3142/", proxy("https://far.example/debian", Map.of()));
    write("etc/apt/apt.conf", "acquire::HTTPS::proxy \"DIRECT\";\n");
    assertEquals("none", proxy("https://far.example/debian", Map.of()));
  }

  @Test
  void theEnvironmentNamesAProxyWhereAptHasNone() throws IOException {
    Map<String, String> environment =
        Map.of("http_proxy", "http://p.example:8080", "HTTPS_PROXY", "s.example:1");
    assertEquals("http://p.example:8080", proxy("http://far.example/", environment));
    assertEquals("http://s.example:1", proxy("https://far.example/", environment));
  }

  @Test
  void noProxyGoesOverEverything() throws IOException {
    write("etc/apt/apt.conf", "Acquire::http::Proxy \"http://cache.example:3142\";\n");
    Map<String, String> environment = Map.of("no_proxy", "localhost, .inner.example,own.example");
    assertEquals("none", proxy("http://a.inner.example/", environment));
    assertEquals("none", proxy("http://own.example/", environment));
    assertEquals("none", proxy("http://sub.own.example/", environment));
    assertEquals("http://cache.example:3142", proxy("http://notown.example/", environment));
  }

  @Test
  void aProxyThatIsNoneIsRefused() throws IOException {
    write("etc/apt/apt.conf", "Acquire::http::Proxy \"socks5h://p.example:1\";\n");
    assertThrows(ImageException.class, () -> proxy("http://far.example/", Map.of()));
  }

  @Test
  void keyringsAreFoundWhereTheSourceOrDebianHasThem() throws IOException {
    SigningKey one = SigningKey.ofSeed(1);
    SigningKey two = SigningKey.ofSeed(2);
    write("etc/apt/trusted.gpg.d/two.asc", "");
    Files.write(root.resolve("etc/apt/trusted.gpg.d/two.asc"), two.armoredCertificate());
    assertTrusts(two, apt().keyring());
    write("usr/share/keyrings/debian-archive-keyring.pgp", "");
    Path debian = root.resolve("usr/share/keyrings/debian-archive-keyring.pgp");
    Files.write(debian, one.certificate());
    assertTrusts(one, apt().keyring());
    AptSource source =
        new AptSource(
            URI.create("http://a.example"),
            root.resolve("etc/apt/trusted.gpg.d/two.asc").toString(),
            Release.Dates.CHECKED);
    assertTrusts(two, apt().keyring(source));
  }

  @Test
  void aKeyWithinASourceIsRead() throws IOException {
    SigningKey key = SigningKey.ofSeed(3);
    StringBuilder stanza = new StringBuilder("Types: deb\nURIs: http://a.example\nSuites: s\n");
    stanza.append("Signed-By:\n");
    new String(key.armoredCertificate(), StandardCharsets.US_ASCII)
        .lines()
        .forEach(line -> stanza.append(' ').append(line.isEmpty() ? "." : line).append('\n'));
    write("etc/apt/sources.list.d/a.sources", stanza.toString());
    Apt apt = apt();
    assertTrusts(key, apt.keyring(apt.sources().getFirst()));
  }

  private static void assertTrusts(SigningKey key, Keyring keyring) throws IOException {
    ClearSigned message = ClearSigned.parse(key.sign("A: b\n"), "it");
    assertEquals(40, keyring.verify(message, SigningKey.MADE.plusSeconds(7200), "it").length());
  }

  private String proxy(String target, Map<String, String> environment) throws IOException {
    Optional<URI> proxy = Apt.read(root, environment).proxies().proxy(URI.create(target));
    return proxy.map(URI::toString).orElse("none");
  }

  private Apt apt() throws IOException {
    return Apt.read(root, Map.of());
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
