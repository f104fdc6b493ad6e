package org.atoll.control;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jdk.net.ExtendedSocketOptions;

/**
 * The socket of the VOS in this process: takes requests of the same user, one a connection, each on
 * a thread of its own. Closing removes it.
 */
public final class ControlSocket implements Closeable {

  private static final System.Logger LOG = System.getLogger("org.atoll.control");

  private final ServerSocketChannel server;
  private final Path path;
  private final Function<List<String>, Exchange.Answer> answers;

  private ControlSocket(
      ServerSocketChannel server, Path path, Function<List<String>, Exchange.Answer> answers) {
    this.server = server;
    this.path = path;
    this.answers = answers;
  }

  /** A socket for this process, that answers with what the desk says. */
  public static ControlSocket open(Map<String, String> environment, Desk desk) throws IOException {
    ControlFolder folder = ControlFolder.of(environment);
    Path path = folder.socket(ProcessHandle.current().pid());
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    ControlSocket socket = new ControlSocket(server, path, desk::answer);
    Thread.ofPlatform().daemon().name("control").start(socket::accept);
    return socket;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        SocketChannel channel = server.accept();
        Thread.ofPlatform().daemon().name("control-request").start(() -> serve(channel));
      } catch (ClosedChannelException ended) {
        return;
      } catch (IOException e) {
        LOG.log(System.Logger.Level.INFO, "control: " + e.getMessage(), e);
        return;
      }
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      String user = channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
      if (!user.equals(Files.getOwner(path).getName())) {
        return;
      }
      List<String> words =
          Exchange.readRequest(new DataInputStream(Channels.newInputStream(channel)));
      Exchange.Answer answer = answers.apply(words);
      Exchange.writeAnswer(new DataOutputStream(Channels.newOutputStream(channel)), answer);
    } catch (IOException gone) {
      LOG.log(System.Logger.Level.INFO, "control: who asked is gone", gone);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
