package io.karat.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/**
 * Month of a cohort, whose customers bought first in the same month.
 *
 * @param cohort the month of the first sale: 12 times the year plus the month
 * @param since the number of months since
 * @param retained the number of its customers with a sale in the month
 * @param netSales its net sales in the month
 */
public record CohortMonth(int cohort, int since, long retained, BigDecimal netSales) {
  /** The month: 12 times the year plus the month. */
  public int month() {
    return cohort + since;
  }

  static CohortMonth of(JsonNode json) {
    return new CohortMonth(
        json.path("cohort").asInt(),
        json.path("since").asInt(),
        json.path("retained").asLong(),
        new BigDecimal(json.path("net_sales").asText("0")));
  }

  void write(ObjectNode json) {
    json.put("cohort", cohort).put("since", since).put("retained", retained);
    json.put("net_sales", netSales.toPlainString());
  }
}
