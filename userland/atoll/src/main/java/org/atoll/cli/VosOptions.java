package org.atoll.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.atoll.abi.Limits;
import org.atoll.abi.protocol.ExecImage;
import org.atoll.boot.HostNet;
import org.atoll.boot.Share;
import org.atoll.boot.VosSpec;
import org.atoll.drivers.link.Ways;
import org.atoll.image.Images;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code run}, {@code trace} and {@code sim} share: the VOS and the command in it. */
final class VosOptions {

  /** PATH of the first program, as Debian sets it for root. */
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final int MEMORY_MEBIBYTES_LEAST = 16;

  /** What the JVM's heap has room to count the frames of. */
  private static final int MEMORY_MEBIBYTES_MOST = 1 << 18;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Nodes that the VOS spans, 1 to 64 (default: ${DEFAULT-VALUE}).",
      defaultValue = "1")
  int nodes;

  @Option(
      names = "--transport",
      paramLabel = "auto|shm|unix|tcp",
      description =
          "What carries messages between nodes: shared memory, Unix sockets or TCP; auto: the"
              + " first of these that the host has (default: ${DEFAULT-VALUE}).",
      defaultValue = Ways.AUTO)
  String transport = Ways.AUTO;

  @Option(
      names = "--image",
      paramLabel = "IMG",
      description = "Root image: a name of 'atoll image ls', a tar or a folder (default: base).",
      defaultValue = "base")
  String image = "base";

  @Option(
      names = {"-e", "--env"},
      paramLabel = "K=V",
      description = "Sets a variable of the command's environment.")
  Map<String, String> environment = new TreeMap<>();

  @Option(
      names = {"-w", "--workdir"},
      paramLabel = "DIR",
      description = "Folder that the command starts in (default: ${DEFAULT-VALUE}).",
      defaultValue = "/")
  String directory = "/";

  @Option(
      names = {"-v", "--volume"},
      paramLabel = "HOST:GUEST[:ro]",
      description =
          "Shares a folder or file of the host, at that path of the guest; may be given more"
              + " than once.")
  List<String> volumes = new ArrayList<>();

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description = "Guest memory of each node in MiB (default: ${DEFAULT-VALUE}).",
      defaultValue = "2048")
  int memoryMebibytes;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description =
          "Processes that the VOS may have at once, 1 to 32768 (default: ${DEFAULT-VALUE}).",
      defaultValue = "32768")
  int processes;

  @Option(
      names = "--report-missing",
      description =
          "Lists on stderr, at the end, the system calls that were asked for and missing.")
  boolean reportMissing;

  @Mixin NetOptions net = new NetOptions();

  @Mixin ServiceOptions services = new ServiceOptions();

  @Parameters(paramLabel = "CMD", description = "The command and its arguments (default: sh).")
  List<String> command = new ArrayList<>();

  /** The arguments of the command. */
  List<String> arguments() {
    return command.isEmpty() ? List.of("sh") : RawArguments.last(command);
  }

  /** NAME=value of the command. */
  List<String> variables() {
    Map<String, String> all = new TreeMap<>();
    all.put("PATH", PATH);
    all.put("HOME", "/root");
    all.put("HOSTNAME", "atoll");
    @Nullable String terminal = System.getenv("TERM");
    if (terminal != null && onTerminal()) {
      all.put("TERM", terminal);
    }
    all.putAll(environment);
    return all.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  /** Whether the command's output is a terminal: elsewhere TERM says nothing. */
  private static boolean onTerminal() {
    try {
      String output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
      return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
    } catch (IOException closed) {
      return false;
    }
  }

  private List<Share> shares() throws IOException {
    List<Share> shares = new ArrayList<>();
    for (String volume : volumes) {
      try {
        shares.add(Share.parse(volume));
      } catch (IllegalArgumentException malformed) {
        throw new IOException(malformed.getMessage(), malformed);
      }
      if (!Files.exists(shares.getLast().host())) {
        throw new IOException("-v " + shares.getLast().host() + ": No such file or directory");
      }
    }
    return shares;
  }

  /** Fails where that is no memory of a node. */
  static void checkMemory(int mebibytes) throws IOException {
    if (mebibytes < MEMORY_MEBIBYTES_LEAST || mebibytes > MEMORY_MEBIBYTES_MOST) {
      throw new IOException(
          "--memory takes "
              + MEMORY_MEBIBYTES_LEAST
              + " to "
              + MEMORY_MEBIBYTES_MOST
              + " (mebibytes of each node)");
    }
  }

  /** The VOS that was asked for; makes the base image when it is not there yet. */
  VosSpec spec() throws IOException {
    return spec(net.net());
  }

  /** The same with another network. */
  VosSpec spec(HostNet network) throws IOException {
    if (nodes < 1 || nodes > Limits.NODES_MAX) {
      throw new IOException("--nodes takes a number from 1 to " + Limits.NODES_MAX);
    }
    checkMemory(memoryMebibytes);
    if (processes < 1 || processes > Limits.PROCESSES_MAX) {
      throw new IOException("--processes takes a number from 1 to " + Limits.PROCESSES_MAX);
    }
    List<Share> shares = shares();
    Images images = new Images(Images.Machine.here(), line -> System.err.println("atoll: " + line));
    List<String> arguments = arguments();
    ExecImage program =
        new ExecImage(
            arguments.getFirst(),
            RawArguments.bytes(directory),
            arguments,
            RawArguments.bytes(variables()));
    return new VosSpec(
        nodes,
        images.locate(image),
        program,
        (long) memoryMebibytes << 20,
        processes,
        reportMissing,
        services.load(),
        shares,
        transport,
        network);
  }
}
