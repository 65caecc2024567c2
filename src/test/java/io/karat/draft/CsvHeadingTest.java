package io.karat.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.InputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of what the beginning of a CSV file says. */
class CsvHeadingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "id;Créée le;total\n1;2026-01-01;2\n",
        "Téléphone;Société;Prénom\n1;2;3\n",
        "Élève;Été;Année\n",
        "CRÉÉE LE;id\n",
        "Kunde;Straße;Größe;Maß\n",
        "Müller\t2\n",
        "id;Temperatur in °C\n",
        "año;niño;corazón\n",
        "id;total\n1;12,50 €\n",
        "id;name\n1;Créée\n2;Anna\n",
        "Größe|Üß|Été\n",
      })
  void accentedLettersAreThoseOfWesternText(String text) {
    assertEquals("windows-1252", charset(text, "windows-1252"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "订单编号,会员编号,下单时间\n1,2,3\n",
        "客户ID,VIP卡号,total\n",
        "id,sex\n1,男\n2,女\n",
        "id,级别\n1,A级\n2,B级\n",
        "id,name\n1,朱镕基\n2,喆喆\n",
        "客戶,訂單,總額\n",
        "金额（元）,id\n",
      })
  void wordsOfChineseCharactersAreChineseText(String text) {
    assertEquals("GB18030", charset(text, "GB18030"));
    assertEquals("UTF-8", charset(text, "UTF-8"));
  }

  /** The end of what is looked at may cut a character in two. */
  @Test
  void aLongFileIsJudgedByWholeLines() {
    String line = "订单编号,会员编号,a\n";

    assertEquals("GB18030", charset(line.repeat(1_000), "GB18030"));
    assertEquals("GB18030", charset("a" + line.repeat(1_000), "GB18030"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;", "sep=,", "\"sep=;\"", "sep=;;;", "\uFEFFsep=;"})
  void aLineForExcelIsToBeRemoved(String line, @TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, line + "\r\nclient;day;amount\r\nA;2026-01-01;5\r\n");

    assertEquals(
        "File '%s' begins with the line '%s', which only Excel understands: expected the names of the columns. Remove that line, here and from the files to come."
            .formatted("file:" + file, line.replace("\uFEFF", "")),
        refusal(file));
  }

  private static String refusal(Path file) throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration());
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path("file:" + file);
    return String.valueOf(
        assertThrows(InputException.class, () -> CsvHeading.of(files, path)).getMessage());
  }

  private static String charset(String text, String written) {
    byte[] bytes = text.getBytes(Charset.forName(written));
    int start = Math.min(bytes.length, 8_192);
    return CsvHeading.of(Arrays.copyOf(bytes, start)).charset();
  }
}
