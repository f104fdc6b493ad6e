package org.atoll.loader.program;

import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Objects;
import org.atoll.posix.gate.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Where a program begins: {@code main} with or without parameters, static or not (Java Language
 * Specification 12.1.4; JEP 512).
 */
final class MainMethod {

  private static final int THREW = 1;

  private final Class<?> type;
  private final Method method;

  private MainMethod(Class<?> type, Method method) {
    this.type = type;
    this.method = method;
  }

  /** The one that is chosen, or null when there is none. */
  static @Nullable MainMethod of(Class<?> type) {
    Method method = find(type, String[].class);
    if (method == null) {
      method = find(type);
    }
    return method == null ? null : new MainMethod(type, method);
  }

  private static @Nullable Method find(Class<?> type, Class<?>... parameters) {
    for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
      for (Method method : at.getDeclaredMethods()) {
        if (method.getName().equals("main")
            && Arrays.equals(method.getParameterTypes(), parameters)
            && !Modifier.isPrivate(method.getModifiers())
            && method.getReturnType() == void.class) {
          return method;
        }
      }
    }
    return null;
  }

  /** What is said when there is none. */
  static String missing(String type, boolean fromSource) {
    return fromSource
        ? "error: can't find main(String[]) or main() method in class: " + type
        : "Error: Main method not found in class "
            + type
            + ", please define the main method as:\n"
            + "   public static void main(String[] args)";
  }

  /** Runs the program; its exit status, if it does not end otherwise. */
  int run(String[] arguments, PrintStream errors) {
    try {
      Object on = Modifier.isStatic(method.getModifiers()) ? null : instance();
      method.setAccessible(true);
      if (method.getParameterCount() == 0) {
        method.invoke(on);
      } else {
        method.invoke(on, (Object) arguments);
      }
      return 0;
    } catch (InvocationTargetException thrown) {
      return threw(Objects.requireNonNullElse(thrown.getCause(), thrown), errors);
    } catch (ReflectiveOperationException | ExceptionInInitializerError unexpected) {
      return threw(unexpected, errors);
    }
  }

  private Object instance() throws ReflectiveOperationException {
    Constructor<?> constructor = type.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  /** As a JVM's main thread ends. */
  private static int threw(Throwable cause, PrintStream errors) {
    if (cause instanceof Refused refused) {
      throw refused;
    }
    errors.print("Exception in thread \"main\" ");
    StackTrace.print(cause, errors);
    errors.flush();
    return THREW;
  }
}
