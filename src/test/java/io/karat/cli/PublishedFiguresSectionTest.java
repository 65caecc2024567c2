package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.PublishedFigures;
import io.karat.explain.PublishedFigures.Subject;
import io.karat.night.CustomerIds;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Test of what {@code explain} says of the group and markets of a customer and the effort for it.
 */
class PublishedFiguresSectionTest {
  @Test
  void everySubjectHasATable() {
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    values.put("tier", Optional.of("GOLD"));
    values.put("effort_now", Optional.of(new BigDecimal("1.500000")));
    values.put("effort_proposed", Optional.of(3));
    values.put("difficulty", Optional.empty());
    CustomerExplanation customer =
        new CustomerExplanation(
            new CustomerIds("x", "x", new TreeSet<>(), false),
            LocalDate.of(2026, 3, 1),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(
                new PublishedFigures(Subject.ALLOCATION, "visits", values),
                new PublishedFigures(Subject.GROUP, "3", Map.of()),
                new PublishedFigures(
                    Subject.CHURN, "4", Map.of("observed_rate", Optional.of("0.12"))),
                new PublishedFigures(
                    Subject.MARKET,
                    "region NORTH",
                    Map.of("market_share", Optional.of(new BigDecimal("0.075000"))))),
            Optional.empty());

    assertEquals(
        """
        Allocation of visits
          column           value
          ---------------  -----
          tier             GOLD
          effort_now       1.5
          effort_proposed  3
        Group of 3 customers
          column  value
          ------  -----
        Churn at satisfaction 4, stated and observed
          column         value
          -------------  -----
          observed_rate  0.12
        Market region NORTH
          column        value
          ------------  -----
          market_share  0.075
        """,
        String.join("\n", new PublishedFiguresSection(Language.EN).lines(customer)) + "\n");
    assertEquals("资源分配（visits）", new PublishedFiguresSection(Language.ZH).lines(customer).get(0));
  }
}
