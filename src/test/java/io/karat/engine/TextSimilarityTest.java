package io.karat.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Similarities of two texts, with published values and those of DuckDB. */
class TextSimilarityTest {
  /** Winkler 1990 and 1994, and cases at the edges. */
  @ParameterizedTest
  @CsvSource({
    "MARTHA, MARHTA, 0.961111",
    "DWAYNE, DUANE, 0.84",
    "DIXON, DICKSONX, 0.813333",
    "SHACKLEFORD, SHACKELFORD, 0.981818",
    "DUNNINGHAM, CUNNIGHAM, 0.896296",
    "NICHLESON, NICHULSON, 0.955556",
    "JONES, JOHNSON, 0.832381",
    "MASSEY, MASSIE, 0.933333",
    "ABROMS, ABRAMS, 0.922222",
    "王小明, 王晓明, 0.8",
    "ABC, XYZ, 0",
    "A, A, 1",
    "'', '', 1",
    "'', A, 0",
  })
  void namesAreAsAlikeAsPublished(String one, String other, double expected) {
    assertEquals(expected, TextSimilarity.jaroWinkler(one, other), 5e-7);
    assertEquals(expected, TextSimilarity.jaroWinkler(other, one), 5e-7);
  }

  @ParameterizedTest
  @CsvSource({
    "0123456, 0123456, 0",
    "0123456, 0123465, 1",
    "0123456, 012345, 1",
    "0123456, 01234567, 1",
    "0123456, 0193456, 1",
    "19820401, 19820104, 2",
    "CA, ABC, 3",
    "'', ABC, 3",
    "ABC, '', 3",
  })
  void slipsAreCounted(String one, String other, int slips) {
    assertEquals(slips, TextSimilarity.slips(one, other));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'  Müller-Lüdenscheidt & Söhne  ' | muller ludenscheidt sohne",
        "ＡＢＣ　１２３ | abc 123",
        "北京华为技术有限公司 | 北京华为技术有限公司",
        "'--' | ''",
      })
  void textsAreFolded(String text, String folded) {
    assertEquals(folded, TextSimilarity.folded(UTF8String.fromString(text)).toString());
  }

  @Test
  void namesAreAsAlikeAsInDuckDb() throws SQLException {
    List<String> names =
        List.of(
            "anna",
            "hanna",
            "annabel",
            "joann",
            "smith",
            "smyth",
            "schmidt",
            "smithers",
            "o'neill",
            "oneil",
            "macdonald",
            "mcdonald",
            "kristopher",
            "christopher",
            "li",
            "lee",
            "x",
            "xylophon");
    int compared = 0;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement query = duck.prepareStatement("SELECT jaro_winkler_similarity(?, ?)")) {
      for (String one : names) {
        for (String other : names) {
          query.setString(1, one);
          query.setString(2, other);
          try (ResultSet answer = query.executeQuery()) {
            assertTrue(answer.next());
            assertEquals(
                answer.getDouble(1),
                TextSimilarity.jaroWinkler(one, other),
                1e-9,
                one + " " + other);
            compared++;
          }
        }
      }
    }
    assertEquals(names.size() * names.size(), compared);
  }
}
