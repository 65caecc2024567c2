package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.yaml.Problems;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueReaderTest {
  private final Problems problems = new Problems();

  @Test
  void theCatalogueKeepsTheOrderInWhichItIsWritten() {
    Catalogue catalogue =
        CatalogueReader.read(
            "catalogue.yaml",
            """
            measures:
              sales: {per: row, where: type = 'SALE', sum: amount}
              costs: {sum: cost}
            indicators:
              sales_amount: {value: sales, unit: money}
              profit: {value: sales - costs, unit: money, requires: [cost, contacts.satisfaction]}
              first_sale_date: {value: first_day, unit: date, window: none}
            """,
            problems);

    assertTrue(problems.isEmpty());
    assertEquals(List.of("sales", "costs"), List.copyOf(catalogue.measures().keySet()));
    assertEquals(
        List.of("sales_amount", "profit", "first_sale_date"),
        List.copyOf(catalogue.indicators().keySet()));
    assertEquals(
        List.of(List.of(), List.of("transactions.cost", "contacts.satisfaction"), List.of()),
        catalogue.indicators().values().stream().map(IndicatorSettings::requires).toList());
    assertEquals(
        List.of(true, true, false),
        catalogue.indicators().values().stream().map(IndicatorSettings::isWindowed).toList());
  }

  @Test
  void theCatalogueIsCheckedLikeAConfiguration() {
    CatalogueReader.read("catalogue.yaml", "measures: {}\nindicator: {}", problems);

    assertEquals(
        List.of("catalogue.yaml:2: unknown key 'indicator'. Did you mean 'indicators'?"),
        problems.messages());
  }

  @Test
  void aBrokenCatalogueIsOurBug() {
    assertEquals(
        "catalogue.yaml:1: not valid YAML: mapping values are not allowed here.",
        assertThrows(
                IllegalStateException.class,
                () -> CatalogueReader.read("catalogue.yaml", "a: b: c", problems))
            .getMessage());
    assertEquals(
        "catalogue.yaml is not a catalogue",
        assertThrows(
                IllegalStateException.class,
                () -> CatalogueReader.read("catalogue.yaml", "[a]", problems))
            .getMessage());
  }
}
