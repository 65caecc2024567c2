package io.karat.night;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.groups.GroupMembers;
import io.karat.movement.MovementTables;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.YamlResource;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Test that {@code tables.yaml} and the contracts made of it agree. */
class PublishedTablesTest {
  private static final Mapping FILE = YamlResource.read(TableDefinitions.class, "tables.yaml");
  private static final List<TableContract> CONTRACTS =
      PublishedTables.contracts(
          PublishedTables.customerIndicators(List.of(), new StructType()),
          PublishedModels.builtIn());

  @Test
  void everyTableHasAContractInTheOrderOfTheFile() {
    List<String> names = new ArrayList<>(CONTRACTS.stream().map(TableContract::name).toList());
    assertTrue(names.removeAll(List.of("prediction_coefficients", "prediction_back_test")));
    assertTrue(
        names.removeAll(List.of("customer_groups", "resource_allocation", "customer_allocation")));
    assertEquals(PublishedTables.NAMES, names);
  }

  @Test
  void everyPartTextAndTypeIsUsed() {
    Set<String> unused = new TreeSet<>();
    for (String section : List.of("parts", "texts", "types")) {
      unused.addAll(FILE.inner(section).members().keySet());
    }
    unused.removeAll(columns().map(ColumnContract::name).collect(Collectors.toSet()));
    String uses = sources() + words(FILE);
    unused.removeIf(name -> uses.contains("\"" + name + "\""));

    assertEquals(Set.of(), unused);
  }

  @Test
  void everyDescriptionIsASentenceInBothLanguages() {
    assertEquals(
        List.of(),
        columns()
            .filter(
                column ->
                    !column.meaning().en().matches("(?s)[A-Z][^{}]*\\.")
                        || !column.meaning().zh().matches("(?s)[^{}]*。"))
            .toList());
  }

  @Test
  void noTableHasAColumnTwice() {
    for (TableContract contract : CONTRACTS) {
      List<String> names = contract.columns().stream().map(ColumnContract::name).toList();
      assertEquals(names.stream().distinct().toList(), names, contract.name());
    }
  }

  /** So they are stored, copied and added as whole numbers. */
  @Test
  void noDecimalOfACustomerHasMoreThan18Digits() {
    Set<String> owners = Set.of(Columns.CUSTOMER_ID, GroupMembers.GROUP);
    List<String> checked = new ArrayList<>();
    for (TableContract contract : CONTRACTS) {
      if (contract.own().stream().map(ColumnContract::name).anyMatch(owners::contains)) {
        checked.add(contract.name());
        assertEquals(List.of(), wideDecimals(contract.schema()), contract.name());
      }
    }
    assertTrue(
        checked.containsAll(
            List.of("customer_value", "key_accounts", "key_account_changes", "customer_groups")),
        checked::toString);
    assertEquals(
        List.of("net_sales_amount_365d_before"),
        wideDecimals(MovementTables.TRANSITIONS.schema()).subList(0, 1));
  }

  /** Only what a file of Karat's own declares has a type there. */
  @Test
  void noClassDeclaresAColumnOfItsOwn() {
    assertTrue(columns().count() > 300);
    assertEquals(
        Set.of("TableDefinitions.java", "PublishedTables.java"),
        files()
            .filter(file -> text(file).contains("new ColumnContract("))
            .map(file -> file.getFileName().toString())
            .collect(Collectors.toSet()));
  }

  /** The decimals of more digits than a whole number of 8 bytes always holds. */
  static List<String> wideDecimals(StructType table) {
    return Arrays.stream(table.fields())
        .filter(it -> it.dataType() instanceof DecimalType decimal && decimal.precision() > 18)
        .map(StructField::name)
        .toList();
  }

  private static Stream<ColumnContract> columns() {
    return CONTRACTS.stream().flatMap(contract -> contract.columns().stream());
  }

  /** The scalars of the file, in quotes. */
  private static String words(Value value) {
    if (value instanceof Mapping mapping) {
      return mapping.members().values().stream().map(PublishedTablesTest::words).collect(joining());
    }
    return "\"" + ((Value.Scalar) value).text() + "\"";
  }

  private static String sources() {
    return files().map(PublishedTablesTest::text).collect(joining());
  }

  private static Stream<Path> files() {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
