package io.karat.draft;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import org.junit.jupiter.params.provider.CsvSource;
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

  /** Programs export UTF-16 with and without the mark that says so. */
  @ParameterizedTest
  @CsvSource({"UTF-16LE,''", "UTF-16BE,''", "UTF-16LE,\uFEFF", "UTF-16BE,\uFEFF"})
  void lettersOfTwoBytesAreTold(String charset, String mark) {
    assertEquals(charset, charset(mark + "Kunde;Größe;Betrag\n1;2;3\n", charset));
  }

  /** Bytes are written as letters of ISO 8859-1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PK\u0003\u0004x | a ZIP archive or an Excel workbook",
        "\u00d0\u00cf\u0011\u00e0x | an old Excel workbook",
        "'\u001f\u008bx' | compressed by gzip, which a name ending in .gz would say",
        "PAR1x | a Parquet file",
        "%PDF-1.7 | a PDF document",
        "<html><table> | a page of HTML",
        "<!DOCTYPE html> | a page of HTML",
        "<?xml version='1.0'?> | an XML document",
      })
  void aFileOfAnotherKindIsRefused(String start, String kind, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, start, ISO_8859_1);

    assertEquals(
        "File 'file:%s' is called one of text, but is %s: expected lines of values. Export it as CSV, or unpack it."
            .formatted(file, kind),
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
