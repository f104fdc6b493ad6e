package org.atoll.loader.program;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.MethodElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import org.atoll.loader.PollInserter;
import org.atoll.posix.gate.Ambient;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites the classes of a guest program: what is the host's becomes the process's ({@link
 * Replacements}), monitors go, as there is one thread, and polls come ({@link PollInserter}), so
 * that no loop keeps a CPU or outlives the process.
 */
final class Rewriting {

  private static final PollInserter POLLS = new PollInserter(Ambient.class.getName(), "poll");

  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  /** Of any object: in an interface, or before a class is known, it could be a Throwable's. */
  private static final MethodTypeDesc STACK_TRACE =
      MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object);

  private final ClassFile classFile;

  /**
   * Rewrites.
   *
   * @param hierarchy knows the program's classes and the JDK's
   */
  Rewriting(ClassHierarchyResolver hierarchy) {
    classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
  }

  /** The class as it is to be defined. */
  byte[] rewrite(byte[] file) {
    ClassModel model = classFile.parse(file);
    return POLLS.insert(classFile.transformClass(model, this::element));
  }

  private void element(ClassBuilder to, ClassElement element) {
    if (element instanceof MethodModel method) {
      int flags = method.flags().flagsMask() & ~AccessFlag.SYNCHRONIZED.mask();
      to.withMethod(
          method.methodName(),
          method.methodType(),
          flags,
          made -> method.forEach(part -> part(made, part)));
    } else {
      to.with(element);
    }
  }

  private static void part(MethodBuilder to, MethodElement part) {
    if (part instanceof CodeModel code) {
      to.transformCode(code, Body::element);
    } else if (!(part instanceof java.lang.classfile.AccessFlags)) {
      to.with(part);
    }
  }

  /** The code of one method. */
  private static final class Body {

    private Body() {}

    static void element(CodeBuilder to, CodeElement element) {
      switch (element) {
        case MonitorInstruction monitor -> monitor(to, monitor);
        case FieldInstruction field -> field(to, field);
        case InvokeInstruction call -> call(to, call);
        case InvokeDynamicInstruction call -> to.invokedynamic(dynamic(call));
        default -> to.with(element);
      }
    }

    /** What is left of it: null has no monitor. */
    private static void monitor(CodeBuilder to, MonitorInstruction monitor) {
      if (monitor.opcode() == Opcode.MONITORENTER) {
        MethodTypeDesc same = MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object);
        to.invokestatic(OBJECTS, "requireNonNull", same);
      }
      to.pop();
    }

    private static void field(CodeBuilder to, FieldInstruction field) {
      String method =
          Replacements.field(name(field.owner().asSymbol()), field.name().stringValue());
      if (method == null) {
        to.with(field);
      } else {
        to.invokestatic(Replacements.AMBIENT, method, MethodTypeDesc.of(field.typeSymbol()));
      }
    }

    private static void call(CodeBuilder to, InvokeInstruction call) {
      ClassDesc owner = call.owner().asSymbol();
      String name = call.name().stringValue();
      MethodTypeDesc type = call.typeSymbol();
      String method = owner.isArray() ? null : Replacements.method(name(owner), name, type);
      if (method != null) {
        to.invokestatic(Replacements.AMBIENT, method, type);
      } else if (call.opcode() != Opcode.INVOKESTATIC && Replacements.isStackTrace(name, type)) {
        to.invokestatic(Replacements.AMBIENT, name, STACK_TRACE);
      } else if (!owner.isArray() && Replacements.isSeeded(name(owner), name, type)) {
        to.invokestatic(Replacements.AMBIENT, "seed", MethodTypeDesc.of(ConstantDescs.CD_long));
        to.invokespecial(
            owner, name, MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long));
      } else {
        to.with(call);
      }
    }

    private static DynamicCallSiteDesc dynamic(InvokeDynamicInstruction call) {
      ConstantDesc[] arguments =
          call.bootstrapArgs().stream().map(Body::argument).toArray(ConstantDesc[]::new);
      return DynamicCallSiteDesc.of(
          call.bootstrapMethod(), call.name().stringValue(), call.typeSymbol(), arguments);
    }

    private static ConstantDesc argument(ConstantDesc argument) {
      if (!(argument instanceof DirectMethodHandleDesc handle)) {
        return argument;
      }
      DirectMethodHandleDesc other = replaced(handle);
      return other == null ? handle : other;
    }

    private static @Nullable DirectMethodHandleDesc replaced(DirectMethodHandleDesc handle) {
      if (handle.owner().isArray()) {
        return null;
      }
      if (handle.kind() != DirectMethodHandleDesc.Kind.STATIC
          && Replacements.isStackTrace(
              handle.methodName(), MethodTypeDesc.ofDescriptor(handle.lookupDescriptor()))) {
        return MethodHandleDesc.ofMethod(
            DirectMethodHandleDesc.Kind.STATIC,
            Replacements.AMBIENT,
            handle.methodName(),
            STACK_TRACE);
      }
      if (handle.kind() != DirectMethodHandleDesc.Kind.STATIC) {
        return null;
      }
      MethodTypeDesc type = MethodTypeDesc.ofDescriptor(handle.lookupDescriptor());
      String method = Replacements.method(name(handle.owner()), handle.methodName(), type);
      return method == null
          ? null
          : MethodHandleDesc.ofMethod(
              DirectMethodHandleDesc.Kind.STATIC, Replacements.AMBIENT, method, type);
    }

    private static String name(ClassDesc type) {
      String descriptor = type.descriptorString();
      return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }
  }
}
