package org.atoll.loader;

import java.util.ArrayList;
import java.util.List;

/** What the system's classes extend and implement: a rule for a class holds for those below it. */
final class Parents {

  private Parents() {}

  /**
   * The names of the class above this one and of its interfaces; none when there is no such one.
   */
  static List<String> of(String name) {
    List<String> parents = new ArrayList<>();
    try {
      Class<?> type = Class.forName(name, false, Parents.class.getClassLoader());
      Class<?> above = type.getSuperclass();
      if (above != null) {
        parents.add(above.getName());
      } else if (type.isInterface()) {
        parents.add(Object.class.getName());
      }
      for (Class<?> one : type.getInterfaces()) {
        parents.add(one.getName());
      }
    } catch (ClassNotFoundException missing) {
      // Whoever links the class is told.
    }
    return parents;
  }
}
