package org.atoll.loader;

import java.lang.classfile.Attributes;
import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodTypeEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads class files before they are loaded, and says where they use what they must not: every
 * class, field and method that an instruction, a signature or a lambda names.
 */
public final class ClassCheck {

  private static final Set<String> BOOTSTRAPS =
      Set.of(
          "java.lang.invoke.LambdaMetafactory",
          "java.lang.invoke.StringConcatFactory",
          "java.lang.runtime.ObjectMethods",
          "java.lang.runtime.SwitchBootstraps",
          "java.lang.invoke.ConstantBootstraps.invoke",
          "java.lang.invoke.ConstantBootstraps.enumConstant",
          "java.lang.invoke.ConstantBootstraps.nullConstant",
          "java.lang.invoke.ConstantBootstraps.primitiveClass");

  /** The classes that are checked, by name. */
  private final Map<String, ClassModel> models = new TreeMap<>();

  private final Predicate<String> own;
  private final Rules rules;
  private final Set<String> wrong = new LinkedHashSet<>();
  private String place = "";

  private ClassCheck(Predicate<String> own, Rules rules) {
    this.own = own;
    this.rules = rules;
  }

  /** What is wrong with these classes, a line each; none when they may be loaded. */
  static List<String> check(Map<String, byte[]> classes) {
    return check(classes, classes::containsKey, Forbidden.RULES);
  }

  /**
   * What is wrong with these classes by some rules, a line each.
   *
   * @param own whether a class is one of those that are checked, now or later
   */
  public static List<String> check(
      Map<String, byte[]> classes, Predicate<String> own, Rules rules) {
    ClassCheck check = new ClassCheck(own, rules);
    for (Map.Entry<String, byte[]> file : classes.entrySet()) {
      check.read(file.getKey(), file.getValue());
    }
    try {
      check.models.values().forEach(check::check);
    } catch (IllegalArgumentException malformed) {
      check.wrong.add(check.place + ": no class file: " + malformed.getMessage());
    }
    return new ArrayList<>(check.wrong);
  }

  private void read(String name, byte[] file) {
    if (name.startsWith("org.atoll.") || name.startsWith("java.")) {
      wrong.add(name + " is in a package of the system: its place is one of its own, or none");
    }
    try {
      models.put(name, ClassFile.of().parse(file));
    } catch (IllegalArgumentException malformed) {
      wrong.add(name + ": no class file: " + malformed.getMessage());
    }
  }

  private void check(ClassModel model) {
    String name = model.thisClass().asSymbol().displayName();
    place = name;
    model.superclass().ifPresent(this::type);
    model.interfaces().forEach(this::type);
    for (FieldModel field : model.fields()) {
      place = name + "." + field.fieldName().stringValue();
      type(field.fieldTypeSymbol());
    }
    if (rules.refusesStaticState()) {
      wrong.addAll(StaticState.check(model, models));
    }
    for (MethodModel method : model.methods()) {
      String word = method.methodName().stringValue();
      place = word.startsWith("<") ? name : name + "." + word;
      check(method);
    }
  }

  private void check(MethodModel method) {
    signature(method.methodTypeSymbol());
    if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
      report(" is synchronized: ", rules.synchronization());
    }
    if (method.methodName().equalsString("finalize") && method.methodType().equalsString("()V")) {
      wrong.add(place + " is called by a thread of the collector, whenever it likes");
    }
    if (method.flags().has(AccessFlag.NATIVE)) {
      report(" is native: ", rules.nativeCode());
    }
    method
        .findAttribute(Attributes.exceptions())
        .ifPresent(thrown -> thrown.exceptions().forEach(this::type));
    CodeModel code = method.code().orElse(null);
    if (code != null) {
      code.forEach(this::element);
    }
  }

  private void element(CodeElement element) {
    switch (element) {
      case InvokeInstruction call -> member(call.method());
      case FieldInstruction field -> member(field.field());
      case InvokeDynamicInstruction call -> dynamic(call);
      case NewObjectInstruction made -> type(made.className());
      case NewReferenceArrayInstruction made -> type(made.componentType());
      case NewMultiArrayInstruction made -> type(made.arrayType());
      case TypeCheckInstruction check -> type(check.type());
      case ConstantInstruction.LoadConstantInstruction load -> constant(load.constantEntry());
      case ExceptionCatch caught -> caught.catchType().ifPresent(this::type);
      case MonitorInstruction _ -> report(" has a synchronized block: ", rules.synchronization());
      default -> {}
    }
  }

  private void report(String what, @Nullable String reason) {
    if (reason != null) {
      wrong.add(place + what + reason);
    }
  }

  private void dynamic(InvokeDynamicInstruction call) {
    signature(call.typeSymbol());
    bootstrap(call.invokedynamic().bootstrap());
  }

  private void bootstrap(BootstrapMethodEntry method) {
    String owner = name(method.bootstrapMethod().reference().owner().asSymbol());
    String whole = owner + "." + method.bootstrapMethod().reference().name().stringValue();
    if (!BOOTSTRAPS.contains(owner) && !BOOTSTRAPS.contains(whole)) {
      wrong.add(place + " uses " + whole + ": what is used has to be in the code");
    }
    method.arguments().forEach(this::constant);
  }

  private void constant(LoadableConstantEntry entry) {
    switch (entry) {
      case ClassEntry type -> type(type);
      case MethodHandleEntry handle -> member(handle.reference());
      case MethodTypeEntry type -> signature(type.asSymbol());
      case ConstantDynamicEntry made -> {
        type(made.typeSymbol());
        bootstrap(made.bootstrap());
      }
      default -> {}
    }
  }

  private void member(MemberRefEntry member) {
    ClassDesc owner = member.owner().asSymbol();
    if (owner.isArray()) {
      return;
    }
    String type = name(owner);
    String word = member.name().stringValue();
    if (rules.replaces(type, word, member.type().stringValue())) {
      return;
    }
    type(owner);
    String reason = reason(type, word, member.type().stringValue());
    if (reason != null) {
      String shown = word.equals("<init>") ? "new " + type : type + "." + word;
      wrong.add(place + " uses " + shown + ": " + reason);
    }
  }

  /** Why a member must not be used that a class has, or inherits; or null. */
  private @Nullable String reason(String type, String name, String descriptor) {
    ClassModel model = models.get(type);
    if (model == null && own.test(type)) {
      return rules.inherited(name);
    }
    String reason = model == null ? rules.member(type, name, descriptor) : null;
    if (reason != null || name.equals("<init>") || model != null && has(model, name, descriptor)) {
      return reason;
    }
    for (String parent : model == null ? Parents.of(type) : parents(model)) {
      reason = reason(parent, name, descriptor);
      if (reason != null) {
        return reason;
      }
    }
    return null;
  }

  private static boolean has(ClassModel model, String name, String descriptor) {
    return model.methods().stream()
        .anyMatch(method ->
            method.methodName().equalsString(name) && method.methodType().equalsString(descriptor));
  }

  private static List<String> parents(ClassModel model) {
    List<String> parents = new ArrayList<>();
    model.superclass().ifPresent(parent -> parents.add(name(parent.asSymbol())));
    model.interfaces().forEach(parent -> parents.add(name(parent.asSymbol())));
    return parents;
  }

  private void signature(MethodTypeDesc type) {
    type.parameterList().forEach(this::type);
    type(type.returnType());
  }

  private void type(ClassEntry entry) {
    type(entry.asSymbol());
  }

  private void type(ClassDesc described) {
    ClassDesc type = described;
    while (type.isArray()) {
      type = type.componentType();
    }
    String name = type.isPrimitive() ? "" : name(type);
    String reason = name.isEmpty() || own.test(name) ? null : rules.type(name);
    if (reason != null) {
      wrong.add(place + " uses " + name + ": " + reason);
    }
  }

  /** The name of a class as {@link Class#getName} has it. */
  static String name(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
  }
}
