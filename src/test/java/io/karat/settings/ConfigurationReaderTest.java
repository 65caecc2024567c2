package io.karat.settings;

import static io.karat.settings.Configurations.LEAST;
import static io.karat.settings.Configurations.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.Umask;
import io.karat.run.UsageException;
import io.karat.settings.Characteristic.Kind;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Checks.Psi;
import io.karat.settings.Checks.Severity;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.InputSettings.Grain;
import io.karat.settings.Output.Destination;
import io.karat.settings.Output.Report;
import io.karat.settings.Output.Retention;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationReaderTest {
  @Test
  void whatIsNotSaidHasItsDefault() {
    Settings settings = read(LEAST);

    assertEquals("karat", settings.name());
    assertEquals(ZoneId.of("UTC"), settings.timeZone());
    assertEquals(Optional.empty(), settings.currency());
    assertEquals(2, settings.moneyScale());
    assertEquals(Language.EN, settings.language());
    assertFalse(settings.roundAmounts());
    assertEquals(List.of(Window.ofDays(365)), settings.indicators().windows());
    assertEquals(Map.of(), settings.indicators().measures());
    assertEquals(Map.of(), settings.indicators().custom());
    assertEquals(
        new Checks(
            new BigDecimal("0.01"),
            new BigDecimal("0.01"),
            warning("0.01"),
            warning("0.8"),
            warning("0.2"),
            Severity.WARN,
            warning("6"),
            warning("0.5"),
            Severity.WARN,
            Severity.WARN,
            warning("0.95"),
            Severity.ERROR,
            new Psi(Severity.WARN, new BigDecimal("0.1"), new BigDecimal("0.25")),
            warning("0.05"),
            warning("0.1"),
            warning("0.15"),
            new BigDecimal("0.033")),
        settings.checks());
    assertEquals(
        new Output(
            "out",
            List.of(Destination.DIRECTORY),
            new Retention(14, 90, 60),
            400,
            "out/metrics.prom",
            new Umask("027"),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new Report(true, true, 20_000))),
        settings.output());
  }

  @Test
  void transactionsAreParquetAndOneRowEachUnlessSaid() {
    InputSettings transactions = read(LEAST).inputs().transactions();

    assertEquals(List.of("data/transactions"), transactions.paths());
    assertEquals("parquet", transactions.format());
    assertEquals(Map.of(), transactions.options());
    assertEquals(Grain.TRANSACTION, transactions.grain());
    assertEquals(Optional.empty(), transactions.key());
    assertEquals(Optional.empty(), transactions.prefer());
    assertEquals(Optional.empty(), transactions.where());
    assertFalse(transactions.roundAmounts());
  }

  @Test
  void anExpressionKnowsItsPlace() {
    Expression amount = read(LEAST).inputs().transactions().columns().get("amount");

    assertEquals(
        new Expression(
            "Quantity * UnitPrice",
            new Location("karat.yaml:7", "inputs.transactions.columns.amount")),
        amount);
  }

  @Test
  void columnsComeInTheOrderOfTheTable() {
    String columns = "inputs.transactions.columns";
    Settings settings =
        read(LEAST, columns + ".channel=Shop", columns + ".transaction_id=InvoiceNo");

    assertEquals(
        List.of("customer_id", "transaction_time", "amount", "transaction_id", "channel"),
        List.copyOf(settings.inputs().transactions().columns().keySet()));
  }

  @Test
  void noKeyAndAnEmptyKeyAreDifferent() {
    assertEquals(Optional.empty(), read(LEAST).inputs().transactions().key());
    assertEquals(
        Optional.of(List.of()),
        read(LEAST, "inputs.transactions.key=[]").inputs().transactions().key());
  }

  @Test
  void severalPathsAreAList() {
    Settings settings = read(LEAST, "inputs.transactions.path=[data/2025, data/2026]");

    assertEquals(List.of("data/2025", "data/2026"), settings.inputs().transactions().paths());
  }

  @Test
  void optionsAreTextsWhateverTheyLookLike() {
    Settings settings = read(LEAST, "inputs.transactions.options={header: true, maxColumns: 7}");

    assertEquals(
        Map.of("header", "true", "maxColumns", "7"), settings.inputs().transactions().options());
  }

  @Test
  void optionsKeepTheirBlanks() {
    Settings settings =
        read(LEAST, "inputs.transactions.options={delimiter: \"\\t\", escape: ' ', nullValue: ''}");

    assertEquals(
        Map.of("delimiter", "\t", "escape", " ", "nullValue", ""),
        settings.inputs().transactions().options());
  }

  @ParameterizedTest
  @CsvSource({
    "true,  ,      true",
    "true,  false, false",
    "false, true,  true",
    "     , true,  true",
    "     ,  ,     false",
  })
  void anInputRoundsAsTheWholeUnlessItSaysSoItself(String whole, String own, boolean rounds) {
    String text = whole == null ? LEAST : LEAST + "round_amounts: " + whole + "\n";
    String[] sets =
        own == null ? new String[0] : new String[] {"inputs.transactions.round_amounts=" + own};

    assertEquals(rounds, read(text, sets).inputs().transactions().roundAmounts());
  }

  @Test
  void roundingHoldsForEveryInputWithAmounts() {
    Settings settings =
        read(
            LEAST + "round_amounts: true",
            "inputs.payments={path: p, columns: {customer_id: a, payment_time: b, amount: c}}",
            "inputs.aliases={path: a, columns: {alias_id: a, customer_id: b}}");

    assertEquals(
        List.of(true, true, false),
        settings.inputs().all().stream().map(InputSettings::roundAmounts).toList());
  }

  @Test
  void otherInputsAreParquetAndKnowTheirKeys() {
    InputSettings customers =
        read(
                LEAST,
                "inputs.customers={path: \"c/{latest}\", columns: {customer_id: Account},"
                    + " max_age_days: 7}")
            .inputs()
            .find(InputTable.CUSTOMERS)
            .orElseThrow();

    assertEquals(List.of("c/{latest}"), customers.paths());
    assertEquals("parquet", customers.format());
    assertEquals(Optional.empty(), customers.key());
    assertEquals(Optional.of(7), customers.maxAgeDays());
    assertEquals(Map.of(), customers.characteristics());
    assertEquals(List.of("customer_id"), List.copyOf(customers.columns().keySet()));
  }

  @Test
  void aCharacteristicIsAKindOrABlock() {
    String place = "inputs.customers.characteristics";
    SortedMap<String, Characteristic> declared =
        read(
                LEAST,
                "inputs.customers={path: c, columns: {customer_id: a}}",
                place
                    + "={region: category, size: {type: category, value: Staff, values: {BIG:"
                    + " 2.50}}}")
            .inputs()
            .find(InputTable.CUSTOMERS)
            .orElseThrow()
            .characteristics();

    Iterator<Characteristic> inOrder = declared.values().iterator();
    Characteristic region = inOrder.next();
    Characteristic size = inOrder.next();
    assertEquals(Set.of("region", "size"), declared.keySet());
    assertEquals("region", region.value().sql());
    assertEquals(Kind.CATEGORY, region.kind());
    assertEquals(Better.HIGHER, region.better());
    assertEquals(Map.of(), region.values());
    assertEquals(Optional.empty(), region.label());
    assertEquals("Staff", size.value().sql());
    assertEquals(Map.of("BIG", new BigDecimal("2.5")), size.values());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "off                           | OFF   | 0.5",
        "false                         | OFF   | 0.5",
        "error                         | ERROR | 0.5",
        "{max: 20%}                    | WARN  | 0.2",
        "{severity: error, max: 0.25}  | ERROR | 0.25",
      })
  void aCheckIsABareWordOrAMapping(String written, Severity severity, BigDecimal max) {
    assertEquals(
        new Limit(severity, max),
        read(LEAST + "checks: {row_count_change: %s}".formatted(written))
            .checks()
            .rowCountChange());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "off                              | OFF   | 0.1 | 0.25",
        "error                            | ERROR | 0.1 | 0.25",
        "{severity: error}                | ERROR | 0.1 | 0.25",
        "{max: 0.2, high: 1.5}            | WARN  | 0.2 | 1.5",
        "{severity: off, max: 3, high: 4} | OFF   | 3   | 4",
      })
  void theStabilityIndexHasTwoLimits(
      String written, Severity severity, BigDecimal max, BigDecimal high) {
    assertEquals(
        new Psi(severity, max, high),
        read(LEAST + "checks: {psi: %s}".formatted(written)).checks().psi());
  }

  private static Limit warning(String max) {
    return new Limit(Severity.WARN, new BigDecimal(max));
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0.01", "1%, 0.01", "0.5%, 0.005", "0, 0", "100%, 1"})
  void aShareIsANumberOrAPercentage(String written, BigDecimal share) {
    assertEquals(share, read(LEAST, "checks.max_quarantine=" + written).checks().maxQuarantine());
  }

  @Test
  void aBlockMayBeLeftEmpty() {
    assertEquals(read(LEAST).checks(), read(LEAST + "checks:\n").checks());
  }

  @Test
  void settingsNeverHaveMoreThanSixDecimals() {
    Settings least = read(LEAST);

    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Settings(
                    least.name(),
                    least.timeZone(),
                    least.currency(),
                    7,
                    least.language(),
                    least.roundAmounts(),
                    least.keepIds(),
                    least.inputs(),
                    least.indicators(),
                    least.models(),
                    least.lifetimeValue(),
                    Optional.empty(),
                    Optional.empty(),
                    least.allocation(),
                    least.hierarchy(),
                    least.movement(),
                    least.calendar(),
                    least.checks(),
                    least.output(),
                    Optional.empty()));

    assertEquals("Invalid money scale 7: expected 0 to 6", error.getMessage());
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("karat.yml");

    assertEquals(
        "%s: there is no such file (looked for %s). Give the path of the configuration with --config."
            .formatted(file, file),
        refusalOf(file));
  }

  @Test
  void aFolderIsNotAFile(@TempDir Path folder) {
    assertEquals(
        "%s: this is a folder (looked for %s). Give the path of the configuration with --config."
            .formatted(folder, folder),
        refusalOf(folder));
  }

  /** Not even root can read the beginning of this one. */
  @Test
  void aFileThatCannotBeReadIsNamed() {
    assertEquals(
        "/proc/self/mem: cannot be read: Input/output error. Check its permissions.",
        refusalOf(Path.of("/proc/self/mem")));
  }

  @Test
  void aFileInAnotherEncodingIsRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("karat.yaml");
    Files.write(file, "name: Müller".getBytes(StandardCharsets.ISO_8859_1));

    assertEquals("%s: not UTF-8 text. Save it as UTF-8.".formatted(file), refusalOf(file));
  }

  @Test
  void aFileIsReadWithItsEnvironment(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("karat.yaml");
    Files.writeString(file, LEAST + "name: ${FIRM}\n");
    Problems problems = new Problems();

    Settings settings =
        ConfigurationReader.read(file, Map.of("FIRM", "Müller"), List.of(), problems);

    assertTrue(problems.isEmpty());
    assertEquals("Müller", settings.name());
  }

  private static String refusalOf(Path file) {
    return String.valueOf(
        assertThrows(
                UsageException.class,
                () -> ConfigurationReader.read(file, Map.of(), List.of(), new Problems()))
            .getMessage());
  }
}
