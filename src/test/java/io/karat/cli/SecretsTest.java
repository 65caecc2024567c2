package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of variables in texts of commands: none is shown, however it is written there. */
class SecretsTest {
  private static final String HOME = String.valueOf(System.getenv("PATH"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "horse & cart's | refused: horse & cart's.           | refused: ${V}.",
        "horse & cart's | at db?password=horse+%26+cart%27s  | at db?password=${V}",
        "horse & cart's | at db?password=horse%20%26%20cart%27s | at db?password=${V}",
        "horse & cart's | WHERE a = 'horse & cart''s'        | WHERE a = '${V}'",
        "Horse-Cart     | host horse-cart is unknown         | host ${V} is unknown",
        "jdbc:pg://h/d?password=hay | cannot open jdbc:pg://h/d  | cannot open ${V}",
        "jdbc:pg://me:stable@h/d    | password stable is wrong   | password ${V} is wrong",
        "jdbc:pg://h/d?token=stable | token stable is old        | token ${V} is old",
        "42             | night 2026-01-42, '42' and a=42   | night 2026-01-42, '${V}' and a=${V}",
      })
  void aValueIsShownAsItsVariable(String value, String text, String shown) {
    Secrets secrets = new Secrets();

    assertEquals(value, secrets.watching(Map.of("V", value, "OTHER", "refused")).get("V"));

    assertEquals(shown, secrets.masked(text));
  }

  /** The search path of the machine is long, and not a value of any of these keys. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "time_zone: ${PATH}",
        "language: ${PATH}",
        "money_scale: \"a ${PATH}\"",
        "output: {publish: [\"${PATH}\"]}",
        "output: {publish: [postgresql], postgresql: {url: \"${PATH}\", user: k}}",
        "checks: {unique: \"${PATH}\"}",
        "classification: {a: {indicator: \"${PATH}\"}}",
        "indicators: {windows: [\"${PATH}\"], custom: {x: {value: \"1 + '${PATH}' + nonsense(\"}}}",
      })
  void noProblemOfAConfigurationShowsOne(String line) throws IOException {
    for (Transcript transcript :
        List.of(
            new Transcript(false), Transcript.ofEvents(Instant.parse("2026-03-02T12:00:00Z")))) {
      assertEquals(ExitCode.USAGE, validate(transcript, line));
      String all = transcript.results() + transcript.remarks();
      assertFalse(all.contains(HOME), all);
      assertFalse(all.contains(HOME.substring(0, Math.min(HOME.length(), 50))), all);
    }
  }

  @Test
  void controlCharactersOfArgumentsAndValuesAreEscaped() throws IOException {
    String evil = "\u001b[2J\rx\nFATAL all is lost\u202e\u0000";
    for (Transcript transcript :
        List.of(
            new Transcript(false), Transcript.ofEvents(Instant.parse("2026-03-02T12:00:00Z")))) {
      transcript.type(
          Karat.commands(),
          "validate",
          "--config",
          folder.resolve("no").toString() + evil.replace("\u0000", ""));
      transcript.type(Karat.commands(), "ru" + evil);
      transcript.type(Karat.commands(), "run", "--config", "a", "--as-of", evil);
      transcript.type(Karat.commands(), "run", "--" + evil);
      transcript.type(Karat.commands(), "plan", "--config", "a", evil);
      transcript.type(Karat.commands(), "status", "--set", evil, "--config", "a");
      validate(transcript, "language: \"\\e[2J\\nFATAL all is lost\\u202e\"");
      validate(transcript, "\"a\\e[2J\\nFATAL all is lost\\u202e\": 1");
      String all = transcript.results() + transcript.remarks();
      assertFalse(all.chars().anyMatch(it -> it != '\n' && Character.isISOControl(it)), all);
      assertFalse(all.contains("\u202e"), all);
      assertTrue(all.lines().noneMatch(line -> line.startsWith("FATAL")), all);
    }
  }

  private ExitCode validate(Transcript transcript, String line) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("karat.yaml"),
            """
            inputs:
              transactions:
                path: data
                columns: {customer_id: c, transaction_time: t, amount: a}
            """
                + line
                + "\n");
    return transcript.type(Karat.commands(), "validate", "--config", file.toString());
  }
}
