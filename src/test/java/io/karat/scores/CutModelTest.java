package io.karat.scores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that an older or a later version of Karat, or somebody's editor, has written. */
class CutModelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"format\": 2, \"kind\": \"cuts\"}     | has format 2 of 'cuts'",
        "{\"format\": 1, \"kind\": \"segments\"} | has format 1 of 'segments'",
      })
  void aFileOfAnotherFormatOrKindIsRefused(String json, String difference) {
    assertEquals(
        "Model file 'cuts 1' %s, expected format 1 of 'cuts'. Run karat models fit cuts."
            .formatted(difference),
        refusal(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"format\": 1, \"kind\": \"cuts\", \"fitted_as_of\": \"yesterday\"}",
        "{\"format\": 1, \"kind\": \"cuts\", \"fitted_as_of\": \"2026-03-01\","
            + " \"pieces\": {\"a\": {\"numbers\": {\"b\": [\"many\"]}}}}",
      })
  void aFileThatIsNoneIsRefused(String json) {
    String refusal = refusal(json);

    assertTrue(refusal.startsWith("Model file 'cuts 1' cannot be read: "), refusal);
    assertTrue(refusal.endsWith(". Run karat models fit cuts."), refusal);
  }

  @Test
  void whatWasWrittenIsReadBack() {
    String json =
        "{\"format\": 1, \"kind\": \"cuts\", \"fitted_as_of\": \"2026-03-01\","
            + " \"pieces\": {\"a\": {\"definition\": \"b\", \"numbers\": {\"c\": [\"1.50\"]}}}}";
    CutModel model = CutModel.parse(json, "cuts 1");

    assertEquals(model, CutModel.parse(model.model().text(), "cuts 2"));
    assertTrue(model.model().text().contains("\"1.50\""), model.model().text());
  }

  private static String refusal(String json) {
    return String.valueOf(
        assertThrows(UsageException.class, () -> CutModel.parse(json, "cuts 1")).getMessage());
  }
}
