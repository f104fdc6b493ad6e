package org.atoll.loader;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds static state in a class: fields that change, and constants whose insides do. State of a
 * service is in objects that {@code save} writes; a static is shared by what was and what comes.
 *
 * <p>What a constant's insides are is told from its type and from what the initializer put there,
 * followed through local variables. It is no proof: who hides state deeper finds that an update
 * loses it.
 */
final class StaticState {

  private static final String INSTEAD = ": state belongs into an object that is saved";

  private final Map<String, ClassModel> own;
  private final List<String> wrong = new ArrayList<>();

  private StaticState(Map<String, ClassModel> own) {
    this.own = own;
  }

  /** What a class has of it, a line each; {@code own} are all classes of the service, by name. */
  static List<String> check(ClassModel model, Map<String, ClassModel> own) {
    StaticState check = new StaticState(own);
    String name = model.thisClass().asSymbol().displayName();
    Map<String, String> origins = origins(model);
    for (FieldModel field : model.fields()) {
      boolean made = field.flags().has(AccessFlag.SYNTHETIC);
      if (field.flags().has(AccessFlag.STATIC) && !made) {
        check.check(name + "." + field.fieldName().stringValue(), field, origins);
      }
    }
    return check.wrong;
  }

  private void check(String place, FieldModel field, Map<String, String> origins) {
    String origin = origins.getOrDefault(field.fieldName().stringValue(), "");
    ClassDesc type = field.fieldTypeSymbol();
    if (!field.flags().has(AccessFlag.FINAL)) {
      wrong.add(place + " is static and not final" + INSTEAD);
    } else if (type.isArray() && !origin.endsWith(".values")) {
      wrong.add(
          place + " is a static array, whose elements change" + INSTEAD + ", a list to List.of");
    } else if (type.isClassOrInterface()
        && field.findAttribute(Attributes.constantValue()).isEmpty()) {
      insides(place, ClassCheck.name(type), origin);
    }
  }

  private void insides(String place, String type, String origin) {
    String kind = origin.startsWith("new ") ? origin.substring(4) : "";
    int dot = origin.lastIndexOf('.');
    boolean given =
        kind.isEmpty()
            && dot > 0
            && Forbidden.givesWhatChanges(origin.substring(0, dot), origin.substring(dot + 1));
    if (given || !kind.isEmpty() && Forbidden.makesWhatChanges(kind)) {
      wrong.add(place + " is static and has the result of " + origin + ", which changes" + INSTEAD);
    }
    for (String one : List.of(type, kind)) {
      String field = changing(one);
      if (field != null) {
        wrong.add(place + " is static, and its " + field + " is not final" + INSTEAD);
        return;
      }
    }
  }

  /** A field of an own class's objects that is not final, or null. */
  private @Nullable String changing(String type) {
    ClassModel model = own.get(type);
    if (model == null) {
      return null;
    }
    for (FieldModel field : model.fields()) {
      if (!field.flags().has(AccessFlag.FINAL) && !field.flags().has(AccessFlag.STATIC)) {
        return field.fieldName().stringValue();
      }
    }
    return model
        .superclass()
        .map(parent -> changing(ClassCheck.name(parent.asSymbol())))
        .orElse(null);
  }

  /** Where the values of static fields come from: {@code new a.B}, or {@code a.B.method}. */
  private static Map<String, String> origins(ClassModel model) {
    Map<String, String> origins = new TreeMap<>();
    for (MethodModel method : model.methods()) {
      if (method.methodName().equalsString("<clinit>")) {
        method.code().ifPresent(code -> origins(code, origins));
      }
    }
    return origins;
  }

  private static void origins(CodeModel code, Map<String, String> fields) {
    Map<Integer, String> variables = new TreeMap<>();
    String top = "";
    for (var element : code) {
      switch (element) {
        case InvokeInstruction call -> top = origin(call);
        case LoadInstruction load -> top = variables.getOrDefault(load.slot(), "");
        case StoreInstruction store -> variables.put(store.slot(), top);
        case FieldInstruction field -> {
          if (field.opcode() == Opcode.PUTSTATIC) {
            fields.put(field.name().stringValue(), top);
          }
          top = "";
        }
        case TypeCheckInstruction _ -> {}
        case Instruction _ -> top = "";
        default -> {}
      }
    }
  }

  private static String origin(InvokeInstruction call) {
    if (call.owner().asSymbol().isArray()) {
      return "";
    }
    String owner = ClassCheck.name(call.owner().asSymbol());
    String method = call.name().stringValue();
    return method.equals("<init>") ? "new " + owner : owner + "." + method;
  }
}
