package org.atoll.bench.ipc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.atoll.drivers.link.LinkKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say between which machines rows are measured. */
final class HostOptions {

  private static final String HOSTS = "--hosts";

  @Option(
      names = HOSTS,
      paramLabel = "A,B",
      split = ",",
      description = {
        "Measures the rows of TCP and TLS, and their peers in C, between two machines: A is an",
        "address of this one, B the other's, where 'atoll bench serve' runs (HOST or HOST:PORT)."
      })
  private List<String> hosts = List.of();

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "With --hosts: the key that both machines have ('atoll node key' makes it).")
  private @Nullable Path key;

  /** Whether two machines are meant. */
  boolean areMeant() {
    return !hosts.isEmpty();
  }

  /**
   * Connects to the other machine, if one is meant.
   *
   * @param root folder of the sources
   * @return null when all is to be measured on this machine
   * @throws IOException with one line that says what is wrong
   */
  @Nullable OtherHost open(Path root) throws IOException, InterruptedException {
    Path file = key;
    if (hosts.isEmpty()) {
      if (file != null) {
        throw new IOException("--key goes with --hosts alone");
      }
      return null;
    }
    if (hosts.size() != 2) {
      throw new IOException("--hosts takes two machines, A,B, and not " + hosts.size());
    }
    if (file == null) {
      throw new IOException("--hosts needs --key FILE, the key of both machines");
    }
    InetSocketAddress there = HostAddress.parse(HOSTS, hosts.get(1));
    InetAddress here = here(hosts.get(0));
    OtherHost other = OtherHost.open(there, read(file), HostFacts.here(root));
    if (!other.here().equals(here.getHostAddress())) {
      other.close();
      throw new IOException(
          HOSTS
              + ": this machine reaches "
              + there.getHostString()
              + " from "
              + other.here()
              + ", and not from "
              + hosts.get(0));
    }
    return other;
  }

  /** Reads the key of two machines. */
  static LinkKey read(Path file) throws IOException {
    try {
      return LinkKey.read(file);
    } catch (NoSuchFileException missing) {
      throw new IOException(file + ": no such file; atoll node key makes it", missing);
    }
  }

  private static InetAddress here(String text) throws IOException {
    try {
      InetAddress address = InetAddress.getByName(text);
      if (NetworkInterface.getByInetAddress(address) != null) {
        return address;
      }
    } catch (UnknownHostException unknown) {
      // Said below.
    }
    throw new IOException(
        HOSTS + ": " + text + " is no address of this machine, which is the first");
  }
}
