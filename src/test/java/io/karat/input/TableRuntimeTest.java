package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What to do where the library of a format is missing, by the version of Spark. */
class TableRuntimeTest {
  private static final TableRuntime RUNTIME =
      new TableRuntime("a lake table", "lake.Table", Map.of("4.1", "lake:b:2", "4.0", "lake:a:1"));

  @ParameterizedTest
  @CsvSource({
    "4.0.1, Add --packages lake:a:1 to the command",
    "4.1.0, Add --packages lake:b:2 to the command",
    "4.1.3-SNAPSHOT, Add --packages lake:b:2 to the command",
    "4.2.0, No package of it is known for Spark 4.2: take Spark 4.0 or 4.1",
    "4.10.0, No package of it is known for Spark 4.10: take Spark 4.0 or 4.1",
  })
  void thePackageIsThatOfTheSparkThatRuns(String spark, String remedy) {
    String all = RUNTIME.remedy(spark);

    assertEquals(remedy, all.substring(0, all.indexOf(", or put")));
  }
}
