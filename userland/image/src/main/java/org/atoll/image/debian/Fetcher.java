package org.atoll.image.debian;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.atoll.image.root.ImageException;

/** Brings one file from a mirror ({@code http:}, {@code https:} or {@code file:}) to a path. */
public final class Fetcher {
  private static final int TIMEOUT_MILLIS = Math.toIntExact(Duration.ofSeconds(30).toMillis());
  private static final int REDIRECTS_MAX = 5;
  private static final int ATTEMPTS = 3;
  private static final int HTTP_DEFAULT_PORT = 80;

  private final Proxies proxies;

  public Fetcher(Proxies proxies) {
    this.proxies = proxies;
  }

  /**
   * Writes what is at the address to the file. A transfer that breaks is tried again.
   *
   * @param bytesMax where to stop and refuse
   * @throws FileNotFoundException when the mirror has no such file
   */
  public void fetch(URI address, Path target, long bytesMax) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (InputStream in = open(address);
          OutputStream out = Files.newOutputStream(target)) {
        copy(in, out, bytesMax, address);
        return;
      } catch (FileNotFoundException | ImageException e) {
        throw e;
      } catch (IOException e) {
        if (attempt == ATTEMPTS) {
          throw new UnreachableException("cannot fetch " + shown(address) + ": " + reason(e), e);
        }
      }
    }
  }

  /** An address without the password that it may hold. */
  public static String shown(URI address) {
    String text = address.toString();
    String user = address.getRawUserInfo();
    return user == null ? text : text.replace(user + "@", "");
  }

  private InputStream open(URI address) throws IOException {
    if (address.getScheme().equalsIgnoreCase("file")) {
      Path file = Path.of(address.getPath());
      if (!Files.isRegularFile(file)) {
        throw new FileNotFoundException(file.toString());
      }
      return Files.newInputStream(file);
    }
    URI at = address;
    for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      HttpURLConnection connection = connect(at);
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        return body(connection);
      }
      if (status / 100 != 3) {
        throw refusal(status, at);
      }
      at = redirected(at, connection.getHeaderField("Location"));
    }
    throw new ImageException(shown(address) + " leads from one place to the next without end");
  }

  private HttpURLConnection connect(URI address) throws IOException {
    Optional<URI> proxy = proxies.proxy(address);
    Proxy route = proxy.map(Fetcher::route).orElse(Proxy.NO_PROXY);
    HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(route);
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    connection.setUseCaches(false);
    proxy.map(URI::getUserInfo).ifPresent(user -> connection.setAuthenticator(login(user)));
    String user = address.getUserInfo();
    if (user != null) {
      byte[] plain = user.getBytes(StandardCharsets.UTF_8);
      connection.setRequestProperty(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(plain));
    }
    return connection;
  }

  /** The body, which ends with an error when it is shorter than was announced. */
  private static InputStream body(HttpURLConnection connection) throws IOException {
    long announced = connection.getContentLengthLong();
    InputStream in = connection.getInputStream();
    return announced < 0 ? in : new WholeStream(in, announced);
  }

  private static IOException refusal(int status, URI address) {
    if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE) {
      return new FileNotFoundException(shown(address));
    }
    String line = shown(address) + " answers with HTTP status " + status;
    return status >= 500 ? new IOException(line) : new ImageException(line);
  }

  private static URI redirected(URI from, String location) throws ImageException {
    URI to = location == null ? from : from.resolve(location);
    boolean weaker = from.getScheme().equals("https") && !"https".equals(to.getScheme());
    if (location == null || weaker || to.getHost() == null || !to.getScheme().startsWith("http")) {
      throw new ImageException(shown(from) + " leads to " + location + ", which is not followed");
    }
    return to;
  }

  private static Proxy route(URI proxy) {
    int port = proxy.getPort() < 0 ? HTTP_DEFAULT_PORT : proxy.getPort();
    return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port));
  }

  private static Authenticator login(String user) {
    String[] parts = user.split(":", 2);
    String password = parts.length == 2 ? parts[1] : "";
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication(parts[0], password.toCharArray());
      }
    };
  }

  private static void copy(InputStream in, OutputStream out, long bytesMax, URI address)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    long sum = 0;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      sum += count;
      if (sum > bytesMax) {
        throw new ImageException(
            "refused: " + shown(address) + " is longer than " + bytesMax + " bytes");
      }
      out.write(buffer, 0, count);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage() == null ? "" : e.getMessage();
    return e instanceof UnknownHostException ? "unknown host " + message : message;
  }
}
