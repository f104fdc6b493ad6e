package org.atoll.drivers.control;

import java.util.List;
import org.atoll.hypercall.EventChannel;
import org.jspecify.annotations.Nullable;

/** The back half of control: the commands that wait. Any thread. */
public interface Commands {

  /** The next command that was not taken yet, or null. */
  @Nullable Command take();

  /** The commands that were taken and are not answered, oldest first. */
  List<Command> taken();

  /** The command of that id, as long as it is not answered; or null. */
  @Nullable Command find(long id);

  /** Answers a command; one that nobody waits for any more goes nowhere. */
  void answer(long id, Command.Answer answer);

  /** A driver that begins anew has to be told of its back. */
  void begin();

  /** Names the channel that is raised when a command waits; called once, before the driver runs. */
  void channel(EventChannel channel);
}
