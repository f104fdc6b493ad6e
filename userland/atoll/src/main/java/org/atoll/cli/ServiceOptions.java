package org.atoll.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.atoll.boot.OwnServices;
import org.atoll.loader.OwnService;
import org.atoll.loader.ServiceLoading;
import picocli.CommandLine.Option;

/** Services of one's own in a VOS that starts. */
final class ServiceOptions {

  @Option(
      names = "--service",
      paramLabel = "FILE",
      description =
          "Compiles and starts a server: a .java source, a jar or a folder of classes."
              + " May be given more than once.")
  List<Path> sources = new ArrayList<>();

  @Option(
      names = "--mount",
      paramLabel = "NAME:DIR",
      description = "Mounts a service, such as myfs:/mnt, before the command starts.")
  List<String> mounts = new ArrayList<>();

  /** Loads them; what cannot be loaded is refused before anything boots. */
  OwnServices load() throws IOException {
    List<OwnService> services = new ArrayList<>();
    for (Path source : sources) {
      services.add(ServiceLoading.load(source));
    }
    List<OwnServices.Mount> places = new ArrayList<>();
    for (String mount : mounts) {
      int colon = mount.indexOf(':');
      if (colon < 1 || !mount.startsWith("/", colon + 1)) {
        throw new IOException("--mount takes NAME:/DIR, not " + mount);
      }
      String path = RawArguments.bytes(mount.substring(colon + 1));
      places.add(new OwnServices.Mount(mount.substring(0, colon), path));
    }
    return new OwnServices(services, places);
  }
}
