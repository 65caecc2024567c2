package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the completion script: a real bash completes real lines. */
class CompletionTest {
  private static final String COMPLETE =
      """
      source "$1"
      line=$2
      COMP_WORDS=($line)
      [[ $line != *' ' ]] || COMP_WORDS+=("")
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
      COMP_LINE=$line
      COMP_POINT=${#line}
      _complete_karat karat "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\\n' "${COMPREPLY[@]}" | sort | paste -sd ' '
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'karat ba'                              | backfill
          'karat p'                               | plan publish
          'karat models '                         | accept compare export fit list
          'karat models fit --ju'                 | --judge-days
          'karat run --fail'                      | --fail-on-warn
          'karat dictionary --language '          | en zh
          'karat run --log-format '               | json text
          'karat completion '                     | bash zsh
          """)
  void bashCompletesCommandsOptionsAndWords(String line, String completed) throws Exception {
    assertEquals(completed, complete(line));
  }

  @Test
  void anotherShellIsRefused() {
    Transcript transcript = new Transcript(false);

    transcript.type(Karat.commands(), "completion", "fish");

    assertEquals("Shell 'fish' is not supported: expected bash or zsh.\n", transcript.remarks());
  }

  /**
   * Completes a line; outside of a prompt bash reports on its standard error that nothing is being
   * completed.
   */
  private String complete(String line) throws IOException, InterruptedException {
    Transcript transcript = new Transcript(false);
    transcript.type(Karat.commands(), "completion", "bash");
    Path script = Files.writeString(folder.resolve("karat.bash"), transcript.results());
    Process bash =
        new ProcessBuilder("bash", "-c", COMPLETE, "bash", "" + script, line)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String completed = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertEquals(true, bash.waitFor(1, TimeUnit.MINUTES));
    return completed.strip();
  }
}
