package io.karat.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.models.Model;
import io.karat.run.UsageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionModelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"format\": 2, \"kind\": \"prediction\"} | has format 2 of 'prediction', expected format"
            + " 1 of 'prediction'.",
        "{\"format\": 1, \"kind\": \"prediction\", \"trained_as_of\": \"2026-02-01\", \"features\":"
            + " [], \"chance\": {\"coefficients\": [1]}} | cannot be read: 1 coefficients of 0"
            + " predictors.",
        "{\"format\": 1, \"kind\": \"prediction\", \"trained_as_of\": \"today\"} | cannot be read:"
            + " Text 'today' could not be parsed at index 0."
      })
  void aFileThatIsNoPredictionIsRefused(String text, String message) {
    Model model = new Model("prediction", text);

    assertEquals(
        "Model file '%s' %s Run karat models fit prediction.".formatted(model.name(), message),
        assertThrows(UsageException.class, () -> PredictionModel.parse(model)).getMessage());
  }
}
