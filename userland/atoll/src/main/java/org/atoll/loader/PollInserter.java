package org.atoll.loader;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/**
 * Puts a call of a static method, the poll, into class files: wherever code can go on for ever it
 * polls again and again. The poll may count, wait or throw.
 *
 * <p>Polls are at the entry of each method, constructor and lambda body, before each jump
 * backwards, and at the entry of each exception handler. What a poll throws ends the method: a
 * handler that catches it polls before anything else, outside all protected ranges, so that a poll
 * that goes on throwing leaves by there. No {@code catch} and no {@code finally} runs then. A
 * handler that only gives a monitor back and throws on has no poll.
 *
 * <p>What runs without polls: code of other classes, and so a call of the JDK that does not return.
 */
public final class PollInserter {

  private static final ClassFile FILES =
      ClassFile.of(
          ClassFile.StackMapsOption.DROP_STACK_MAPS,
          ClassFile.ShortJumpsOption.FAIL_ON_SHORT_JUMPS);

  private final ClassDesc owner;
  private final String method;

  /**
   * An inserter of {@code owner.method()}, which is public, static and without parameters and
   * result.
   *
   * @param owner a class by the name that the code's class loader finds it under
   */
  public PollInserter(String owner, String method) {
    this.owner = ClassDesc.of(owner);
    this.method = method;
  }

  /**
   * The class file with polls.
   *
   * @throws IllegalArgumentException for what is no class file, has subroutines (before Java 7), or
   *     a method that is too long with polls; the message names class and method
   */
  public byte[] insert(byte[] classFile) {
    ClassModel model = FILES.parse(classFile);
    try {
      return FILES.transformClass(
          model,
          ClassTransform.transformingMethods((made, part) -> {
            if (part instanceof CodeAttribute code) {
              made.transformCode(code, CodeTransform.ofStateful(() -> polls(code)));
            } else {
              made.with(part);
            }
          }));
    } catch (IllegalArgumentException e) {
      String name = model.thisClass().asSymbol().displayName();
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private MethodPolls polls(CodeAttribute code) {
    return new MethodPolls(
        code, builder -> builder.invokestatic(owner, method, ConstantDescs.MTD_void));
  }
}
