package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/**
 * Tests of the help of every command and subcommand: description, every option, and examples that
 * work.
 */
class HelpTest {
  static List<CommandLine> commands() {
    return TypedCommands.all();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandSaysInOneSentenceWhatItDoes(CommandLine command) {
    String[] description = command.getCommandSpec().usageMessage().description();

    assertEquals(1, description.length, name(command));
    assertTrue(description[0].endsWith("."), name(command));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyOptionAndParameterIsDescribed(CommandLine command) {
    for (ArgSpec argument : command.getCommandSpec().args()) {
      String sentence = String.join(" ", argument.description());
      assertTrue(sentence.endsWith("."), () -> name(command) + " " + argument);
      assertTrue(Character.isUpperCase(sentence.charAt(0)), () -> name(command) + " " + argument);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void examplesCanBeTyped(CommandLine command) {
    List<String> examples = examples(command);

    assertFalse(examples.isEmpty(), name(command));
    for (String example : examples) {
      List<String> words = TypedCommands.words(example.replaceAll(" > .*", ""));
      assertEquals("karat", words.get(0), example);
      assertTrue(example.startsWith(name(command)), example);
      assertDoesNotThrow(() -> TypedCommands.read(words.subList(1, words.size())), example);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsThePage(CommandLine command) {
    assertEquals(
        List.of(),
        command.getUsageMessage().lines().filter(line -> line.length() > 110).toList(),
        name(command));
  }

  private static List<String> examples(CommandLine command) {
    return Arrays.stream(command.getCommandSpec().usageMessage().footer())
        .flatMap(line -> Stream.of(line.formatted().split("\n", -1)))
        .filter(line -> line.startsWith("  karat"))
        .map(String::strip)
        .toList();
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName();
  }
}
