package org.atoll.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.atoll.boot.BootFile.Kind;

/** The files of a VOS whose programs reach the host's network: where names are resolved. */
final class NetFiles {

  private static final String HOSTS = "etc/hosts";
  private static final String RESOLVER = "etc/resolv.conf";
  private static final String HOST_LINE = "10.64.0.254\thost.atoll.internal\n";
  private static final String RESOLVER_LINE = "nameserver 10.64.0.253\n";

  private NetFiles() {}

  /** The files of an image with those that fit the network. */
  static List<BootFile> with(HostNet net, List<BootFile> image) {
    if (!net.outgoing() || image.stream().noneMatch(file -> file.path().equals("etc"))) {
      return image;
    }
    List<BootFile> files = new ArrayList<>(image);
    files.removeIf(file -> file.path().equals(HOSTS) || file.path().equals(RESOLVER));
    files.add(file(HOSTS, textOf(image) + HOST_LINE));
    if (net.resolver() != null) {
      files.add(file(RESOLVER, RESOLVER_LINE));
    }
    return files;
  }

  private static String textOf(List<BootFile> image) {
    return image.stream()
        .filter(file -> file.path().equals(HOSTS) && file.kind() == Kind.REGULAR)
        .map(file -> UTF_8.decode(file.contents().duplicate()).toString())
        .findFirst()
        .orElse("127.0.0.1\tlocalhost\n");
  }

  private static BootFile file(String path, String text) {
    ByteBuffer contents = ByteBuffer.wrap(text.getBytes(UTF_8)).asReadOnlyBuffer();
    return new BootFile(path, Kind.REGULAR, 0644, 0, 0, 0, BootFile.NOW, "", contents);
  }
}
