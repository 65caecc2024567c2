package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.RefusedException;
import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of what is said of the first rows of an input that a night would refuse. */
@ExtendWith(LocalSpark.class)
class SampledRowsTest {
  private static final String ELSE =
      "Correct the source or 'options' of its format, or leave such rows out with 'where'.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      nullValues = "-",
      textBlock =
          """
          a | 01.02.2026 | 1 | 0.5 | - | unreadable_time | Convert the columns in the mapping, for example to_timestamp(text, 'dd.MM.yyyy') for unreadable_time.
          a | 2026-02-01 | 1,5 | 0.5 | - | unreadable_amount | Convert the columns in the mapping, for example replace(text, ',', '.') for unreadable_amount.
          a | 2026-02-01 | -1 | 0.5 | - | negative_amount | Convert the columns in the mapping, for example abs(amount) for negative_amount.
          a | 2026-02-01 | 1.234 | 0.5 | - | too_many_decimals | Convert the columns in the mapping, for example round(amount, 2) for too_many_decimals.
          a | 2026-02-01 | 1 | 50 | - | invalid_probability | Convert the columns in the mapping, for example percent / 100 for invalid_probability.
          - | 2026-02-01 | 1 | 0.5 | - | missing_customer | ELSE
          a | 1900-01-01 | 1 | 0.5 | - | ancient_date | ELSE
          a | 2026-02-01 | 1 | 0.5 | 01.02.2026 | closed_date | Convert the columns in the mapping, for example to_timestamp(text, 'dd.MM.yyyy') for closed_date.
          """)
  void anExampleSuitsTheReason(
      String customer,
      String created,
      String amount,
      String probability,
      String closed,
      String reason,
      String advice,
      SparkSession spark) {
    DeliveredFiles deals =
        DeliveredFiles.in(Path.of("unused"), spark)
            .as(
                InputTable.OPPORTUNITIES,
                "opportunity_id",
                "customer_id",
                "created_date",
                "amount",
                "probability",
                "closed_date");
    SampledRows sample =
        SampledRows.of(
            spark.sql(
                "SELECT 'o' opportunity_id, %s customer_id, %s created_date, %s amount, %s probability, %s closed_date"
                    .formatted(
                        text(customer),
                        text(created),
                        text(amount),
                        text(probability),
                        text(closed))),
            deals.mapping());

    RefusedException refused =
        assertThrows(
            RefusedException.class,
            () -> sample.requireUsable(LocalDate.of(2026, 3, 1), Night.with().settings().checks()));
    assertEquals(
        "%s: 1 %s. Expected at most 1 %%. %s"
            .formatted(
                reason.equals("closed_date")
                    ? "1 of the first 1 rows of 'opportunities' have values that cannot be read"
                    : "1 of the first 1 rows of 'opportunities' cannot be used",
                reason,
                advice.replace("ELSE", ELSE)),
        refused.getMessage());
  }

  private static String text(String value) {
    return value == null ? "string(NULL)" : "'" + value + "'";
  }
}
