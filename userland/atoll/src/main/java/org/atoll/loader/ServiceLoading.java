package org.atoll.loader;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.atoll.abi.Handler;
import org.atoll.abi.ProtocolCall;
import org.atoll.libsys.Server;
import org.atoll.libsys.ServerLoop;
import org.atoll.libsys.files.FileServer;
import org.atoll.libsys.files.FileTree;
import org.atoll.libsys.sched.SchedulingPolicy;
import org.atoll.servers.sched.SchedServer;

/** From a Java source, a jar or a folder of classes to a service. */
public final class ServiceLoading {

  private ServiceLoading() {}

  /**
   * Loads a service: its only public class implements {@link Server}, {@link FileTree} or {@link
   * SchedulingPolicy} and has a public constructor without parameters.
   *
   * @throws ServiceRefused with a reason for the person
   */
  public static OwnService load(Path from) throws IOException {
    if (!Files.exists(from)) {
      throw new ServiceRefused(from + ": no such file or folder");
    }
    boolean source = from.getFileName().toString().endsWith(".java");
    Map<String, byte[]> classes = source ? Compilation.of(from) : ClassFolder.read(from);
    List<String> wrong = ClassCheck.check(classes);
    if (!wrong.isEmpty()) {
      throw new ServiceRefused(from + " is refused:\n" + String.join("\n", wrong));
    }
    return link(from, classes);
  }

  private static OwnService link(Path from, Map<String, byte[]> classes) throws IOException {
    TurnLimit limit = new TurnLimit();
    ServiceClasses loader = ServiceClasses.of(from, classes, limit);
    List<Class<?>> servers = new ArrayList<>();
    List<ProtocolCall> calls = new ArrayList<>();
    limit.begin(null);
    try {
      for (String name : classes.keySet()) {
        Class<?> type = loader.loadClass(name);
        if (isServer(type)) {
          servers.add(type);
        }
        calls.addAll(calls(from, type));
      }
    } catch (ClassNotFoundException | LinkageError | TurnTooLong e) {
      TurnTooLong over = limit.over();
      throw new ServiceRefused(from + ": " + (over == null ? e : over.getMessage()), e);
    } finally {
      limit.end();
    }
    if (servers.size() != 1) {
      throw new ServiceRefused(
          from
              + ": one public class has to implement Server, FileTree or SchedulingPolicy of"
              + " org.atoll.libsys; found "
              + servers.size());
    }
    Class<?> server = servers.getFirst();
    Supplier<Handler> maker = maker(from, server);
    calls.sort(Comparator.comparingInt(ProtocolCall::number));
    return new OwnService(
        from.toAbsolutePath(),
        name(server),
        () -> new BoundedTurns(server.getSimpleName(), limit, maker),
        List.copyOf(calls),
        limit);
  }

  private static boolean isServer(Class<?> type) {
    boolean whole =
        Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers());
    return whole
        && (Server.class.isAssignableFrom(type)
            || FileTree.class.isAssignableFrom(type)
            || SchedulingPolicy.class.isAssignableFrom(type));
  }

  private static String name(Class<?> server) {
    return SchedulingPolicy.class.isAssignableFrom(server)
        ? OwnService.SCHEDULER
        : server.getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static Supplier<Handler> maker(Path from, Class<?> server) throws ServiceRefused {
    try {
      Constructor<?> constructor = server.getConstructor();
      return () -> new ServerLoop(() -> fresh(constructor));
    } catch (NoSuchMethodException e) {
      throw new ServiceRefused(
          from + ": " + server.getSimpleName() + " has no public constructor without parameters");
    }
  }

  private static Server fresh(Constructor<?> constructor) {
    Object made;
    try {
      made = constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException("the constructor throws " + cause, cause);
    }
    return switch (made) {
      case FileTree tree -> new FileServer(tree);
      case SchedulingPolicy policy -> new SchedServer(policy);
      default -> (Server) made;
    };
  }

  private static List<ProtocolCall> calls(Path from, Class<?> type) throws ServiceRefused {
    if (!type.isEnum() || !ProtocolCall.class.isAssignableFrom(type)) {
      return List.of();
    }
    List<ProtocolCall> calls = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      ProtocolCall call = (ProtocolCall) constant;
      if (call.number() < OwnService.FIRST_NUMBER) {
        throw new ServiceRefused(
            "%s: %s.%s has the number 0x%x: those below 0x%x are the system's"
                .formatted(
                    from,
                    type.getSimpleName(),
                    call.name(),
                    call.number(),
                    OwnService.FIRST_NUMBER));
      }
      calls.add(call);
    }
    return calls;
  }
}
