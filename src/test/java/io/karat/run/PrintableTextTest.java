package io.karat.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts with characters that steer a terminal or break a line: they are shown escaped. */
class PrintableTextTest {
  @ParameterizedTest
  @CsvSource({
    "a\u001b[2Jb, a\\u001b[2Jb",
    "a\u0000b, a\\u0000b",
    "a\u0007b, a\\u0007b",
    "a\u009bb, a\\u009bb",
    "a\u202eb, a\\u202eb",
    "a\u2066b, a\\u2066b",
    "a\u2028b, a\\u2028b",
    "客户 é 😀, 客户 é 😀",
  })
  void steeringCharactersAreShownAsEscapes(String text, String shown) {
    assertEquals(shown, PrintableText.line(text));
    assertEquals(shown, PrintableText.lines(text));
  }

  @Test
  void aLineStaysOneLineAndLinesStayLines() {
    assertEquals("a\\nb\\r\\nc\\td", PrintableText.line("a\nb\r\nc\td"));
    assertEquals("a\nb\\r\nc\\td", PrintableText.lines("a\nb\r\nc\td"));
  }

  @Test
  void anErrorIsOneLineWhateverItsValuesAndSeveralAreALineEach() {
    assertEquals(
        "'x\\nERROR all is lost' is wrong.",
        new UsageException("'x\nERROR all is lost' is wrong.").getMessage());
    assertEquals(
        "2 problems:\na\\nb\nc",
        new UsageException(List.of("2 problems:", "a\nb", "c")).getMessage());
  }
}
