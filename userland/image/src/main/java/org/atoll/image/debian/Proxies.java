package org.atoll.image.debian;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.atoll.image.root.ImageException;

/**
 * Through which proxy a host is reached, decided as apt does: the setting for the host, the setting
 * for the scheme, the environment; {@code no_proxy} and {@code DIRECT} go over all of them.
 */
public final class Proxies {
  private static final String DIRECT = "DIRECT";

  private final AptConf conf;
  private final Map<String, String> environment;

  public Proxies(AptConf conf, Map<String, String> environment) {
    this.conf = conf;
    this.environment = Map.copyOf(environment);
  }

  /** The proxy's own address; empty when the host is reached directly. */
  public Optional<URI> proxy(URI target) throws ImageException {
    String scheme = target.getScheme().toLowerCase(Locale.ROOT);
    String host = target.getHost();
    if (isExcepted(host)) {
      return Optional.empty();
    }
    String setting =
        configured(scheme, host)
            .or(() -> scheme.equals("https") ? configured("http", host) : Optional.empty())
            .or(() -> variable(scheme + "_proxy"))
            .orElse(DIRECT);
    return setting.equalsIgnoreCase(DIRECT) || setting.isBlank()
        ? Optional.empty()
        : Optional.of(parse(setting));
  }

  private Optional<String> configured(String scheme, String host) {
    String name = "Acquire::" + scheme + "::Proxy";
    return conf.get(name + "::" + host)
        .or(() -> conf.get(name).filter(value -> !value.equalsIgnoreCase("false")));
  }

  private Optional<String> variable(String name) {
    // HTTP_PROXY in capitals is not looked at: a CGI program's client can set it.
    String capitals = name.startsWith("http_") ? "" : name.toUpperCase(Locale.ROOT);
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(capitals)))
        .filter(value -> !value.isBlank());
  }

  private boolean isExcepted(String host) {
    for (String word : variable("no_proxy").orElse("").split("[,\\s]+", -1)) {
      String domain = word.startsWith("*.") ? word.substring(1) : word;
      boolean suffix = domain.startsWith(".") ? host.endsWith(domain) : host.endsWith("." + domain);
      if (word.equals("*") || (!domain.isEmpty() && (host.equals(domain) || suffix))) {
        return true;
      }
    }
    return false;
  }

  private static URI parse(String setting) throws ImageException {
    try {
      URI uri = URI.create(setting.contains("://") ? setting : "http://" + setting);
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new ImageException("the proxy setting '" + setting + "' is not a URI", e);
    }
    throw new ImageException("the proxy setting '" + setting + "' is not an http:// address");
  }
}
