package org.atoll.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.atoll.image.debian.SourceOptions;
import org.atoll.image.root.ImageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images from a mirror that is a web server on this machine. */
class MirrorTest {
  @TempDir Path folder;
  private TinyArchive archive;
  private HttpServer server;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile Fault fault = Fault.NONE;

  private enum Fault {
    NONE,
    CUTS_EVERY_PACKAGE,
    CUTS_THE_FIRST_PACKAGE,
    ENDLESS_REDIRECT
  }

  @BeforeEach
  void serve() throws IOException {
    archive = new TinyArchive(folder);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    archive.useMirror(address() + "/debian/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theBaseImageIsMadeFromAWebServer() throws IOException {
    Path base = base();
    assertTrue(Files.size(base) > 0);
    assertEquals(3, asked.size());
  }

  @Test
  void whatWasFetchedIsNotFetchedAgain() throws IOException {
    base();
    archive.images().remove("base");
    base();
    assertEquals(4, asked.size(), asked.toString());
  }

  @Test
  void withoutTheServerWhatWasFetchedBeforeServes() throws IOException {
    base();
    archive.images().remove("base");
    server.stop(0);
    List<String> lines = new ArrayList<>();
    archive.images(lines::add).ensureBase(SourceOptions.ofApt());
    assertTrue(lines.stream().anyMatch(l -> l.contains("fetched before")), lines.toString());
  }

  @Test
  void aTransferThatBreaksOnceIsTriedAgain() throws IOException {
    fault = Fault.CUTS_THE_FIRST_PACKAGE;
    assertTrue(Files.size(base()) > 0);
  }

  @Test
  void aTransferThatAlwaysBreaksIsAnError() {
    fault = Fault.CUTS_EVERY_PACKAGE;
    IOException e = assertThrows(IOException.class, this::base);
    assertTrue(e.toString().contains("cannot fetch"), e.getMessage());
  }

  @Test
  void redirectsWithoutAnEndAreAnError() {
    fault = Fault.ENDLESS_REDIRECT;
    IOException e = assertThrows(ImageException.class, this::base);
    assertTrue(e.toString().contains("without end"), e.getMessage());
  }

  @Test
  void theProxyOfAptIsAsked() throws IOException {
    archive.useMirror("http://archive.invalid/debian");
    Files.writeString(
        archive.root.resolve("etc/apt/apt.conf"), "Acquire::http::Proxy \"" + address() + "\";\n");
    base();
    assertEquals("http://archive.invalid/debian/" + TinyArchive.RELEASE, asked.getFirst());
  }

  private Path base() throws IOException {
    return archive.images().ensureBase(SourceOptions.ofApt());
  }

  private String address() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String uri = exchange.getRequestURI().toString();
    asked.add(uri);
    if (fault == Fault.ENDLESS_REDIRECT) {
      exchange.getResponseHeaders().set("Location", uri);
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
      return;
    }
    Path file = archive.mirror.resolve(exchange.getRequestURI().getPath().substring(8));
    byte[] body = Files.readAllBytes(file);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(Arrays.copyOf(body, cut(uri, body.length)));
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private int cut(String uri, int length) {
    boolean cuts = fault != Fault.NONE && uri.endsWith(".deb");
    if (fault == Fault.CUTS_THE_FIRST_PACKAGE && cuts) {
      fault = Fault.NONE;
    }
    return cuts ? length / 2 : length;
  }
}
