package org.atoll.loader;

import java.lang.classfile.Attributes;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.DiscontinuedInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts polls into the code of one method.
 *
 * <p>A poll takes and leaves nothing on the stack, so the verifier's frames stay as they are. A
 * handler gets a door: a place before it, where the poll is, and which is where exceptions go now.
 * The door has the handler's frame. Protected ranges leave doors out: what is thrown there ends the
 * method.
 */
final class MethodPolls implements CodeTransform {

  private final CodeAttribute code;
  private final Consumer<CodeBuilder> poll;
  private final List<StackMapFrameInfo> frames;

  /** The doors of handlers, by the handlers' places. */
  private final Map<Label, Label> doors;

  /** Labels that were passed: who jumps to one of them jumps backwards. */
  private final Set<Label> passed = new HashSet<>();

  MethodPolls(CodeAttribute code, Consumer<CodeBuilder> poll) {
    this.code = code;
    this.poll = poll;
    this.doors = new TreeMap<>(Comparator.comparingInt(code::labelToBci));
    this.frames =
        code.findAttribute(Attributes.stackMapTable())
            .map(StackMapTableAttribute::entries)
            .orElse(List.of());
  }

  @Override
  public void atStart(CodeBuilder builder) {
    for (Label handler : handlers()) {
      doors.put(handler, builder.newLabel());
    }
    poll.accept(builder);
  }

  /** Those that get a door. */
  private Set<Label> handlers() {
    Set<Label> handlers = new HashSet<>();
    code.exceptionHandlers().forEach(caught -> handlers.add(caught.handler()));
    List<CodeElement> elements = code.elementList();
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof LabelTarget target && throwsOn(elements, i)) {
        handlers.remove(target.label());
      }
    }
    return handlers;
  }

  /** Whether a handler only gives a monitor back and throws what it caught. */
  private static boolean throwsOn(List<CodeElement> elements, int from) {
    List<Instruction> first =
        elements.subList(from, Math.min(elements.size(), from + 15)).stream()
            .filter(Instruction.class::isInstance)
            .map(Instruction.class::cast)
            .limit(5)
            .toList();
    return first.size() == 5
        && first.get(0) instanceof StoreInstruction
        && first.get(1) instanceof LoadInstruction
        && first.get(2) instanceof MonitorInstruction
        && first.get(3) instanceof LoadInstruction
        && first.get(4) instanceof ThrowInstruction;
  }

  @Override
  public void accept(CodeBuilder builder, CodeElement element) {
    switch (element) {
      case ExceptionCatch caught -> ranges(builder, caught);
      case LabelTarget target -> pass(builder, target);
      case BranchInstruction jump -> jump(builder, jump, List.of(jump.target()));
      case TableSwitchInstruction jump ->
          jump(builder, jump, targets(jump.defaultTarget(), jump.cases()));
      case LookupSwitchInstruction jump ->
          jump(builder, jump, targets(jump.defaultTarget(), jump.cases()));
      case DiscontinuedInstruction _ ->
          throw new IllegalArgumentException(
              "subroutines, as before Java 7, in "
                  + code.parent().orElseThrow().methodName().stringValue());
      case StackMapTableAttribute _ -> {}
      default -> builder.with(element);
    }
  }

  private static List<Label> targets(Label other, List<SwitchCase> cases) {
    List<Label> targets = new ArrayList<>(List.of(other));
    cases.forEach(one -> targets.add(one.target()));
    return targets;
  }

  private void jump(CodeBuilder builder, CodeElement jump, List<Label> targets) {
    if (targets.stream().anyMatch(passed::contains)) {
      poll.accept(builder);
    }
    builder.with(jump);
  }

  private void pass(CodeBuilder builder, LabelTarget target) {
    passed.add(target.label());
    Label door = doors.get(target.label());
    if (door != null) {
      builder.labelBinding(door);
      poll.accept(builder);
    }
    builder.with(target);
  }

  /** The range without the doors in it. */
  private void ranges(CodeBuilder builder, ExceptionCatch caught) {
    Label handler = doors.getOrDefault(caught.handler(), caught.handler());
    int end = code.labelToBci(caught.tryEnd());
    Label from = caught.tryStart();
    for (Map.Entry<Label, Label> door : doors.entrySet()) {
      int place = code.labelToBci(door.getKey());
      if (place > code.labelToBci(from) && place <= end) {
        builder.with(ExceptionCatch.of(handler, from, door.getValue(), caught.catchType()));
        from = door.getKey();
      }
    }
    if (code.labelToBci(from) < end) {
      builder.with(ExceptionCatch.of(handler, from, caught.tryEnd(), caught.catchType()));
    }
  }

  @Override
  public void atEnd(CodeBuilder builder) {
    List<StackMapFrameInfo> all = new ArrayList<>();
    for (StackMapFrameInfo frame : frames) {
      Label door = doors.get(frame.target());
      if (door != null) {
        all.add(StackMapFrameInfo.of(door, frame.locals(), frame.stack()));
      }
      all.add(frame);
    }
    if (!all.isEmpty()) {
      builder.with(StackMapTableAttribute.of(all));
    }
  }
}
