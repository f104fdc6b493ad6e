package org.atoll.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a person is told whose words are no command: one line, with the right word if it is near.
 */
final class Misuse {

  private Misuse() {}

  /** The line, without {@code atoll:} before it. */
  static String line(ParameterException misuse) {
    return switch (misuse) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case MissingParameterException missing -> lowered(text(missing));
      default -> lowered(text(misuse).replace("option option", "option"));
    };
  }

  /** Picocli always says something; its type does not. */
  private static String text(ParameterException misuse) {
    return String.valueOf(misuse.getMessage());
  }

  private static String unmatched(UnmatchedArgumentException misuse) {
    String word = "'" + misuse.getUnmatched().getFirst() + "'";
    CommandLine command = misuse.getCommandLine();
    if (misuse.isUnknownOption()) {
      return "unknown option " + word + meant(misuse.getSuggestions());
    }
    if (command.getSubcommands().isEmpty()) {
      return "one argument too many: " + word;
    }
    return word + " is no command" + meant(misuse.getSuggestions());
  }

  private static String meant(List<String> suggestions) {
    return suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
  }

  private static String lowered(String message) {
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
