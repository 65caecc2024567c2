package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.year;

import io.karat.tables.Money;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;

/**
 * The scope of a measure's expressions at one level: the names that they may use, of the columns of
 * a row, a transaction or a day.
 *
 * @param columns the column of each name, money as decimals
 * @param minorUnits the column of minor units of each name that is money
 * @param wholeNumbers the names that are whole numbers
 */
record ExpressionScope(
    Map<String, Column> columns, Map<String, Column> minorUnits, Set<String> wholeNumbers) {
  static final String MONTH_NUMBER = "month_number";
  static final String DAY_NUMBER = "day_number";

  ExpressionScope {
    columns = Map.copyOf(columns);
    minorUnits = Map.copyOf(minorUnits);
    wholeNumbers = Set.copyOf(wholeNumbers);
  }

  /** The column of minor units; empty if the name is not money. */
  Optional<Column> money(String name) {
    return Optional.ofNullable(minorUnits.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The number of months since year 0, so that neighbouring months differ by one. */
  static Column monthNumber(Column day) {
    return year(day).multiply(lit(12)).plus(month(day));
  }

  static Builder ofDay(Money money) {
    Builder words = new Builder(money);
    return words
        .plain("day", col("day"))
        .wholeNumber(MONTH_NUMBER, monthNumber(col("day")))
        .wholeNumber(DAY_NUMBER, unix_date(col("day")));
  }

  static Builder of(Money money) {
    return new Builder(money);
  }

  /** A builder of the scope of a level. */
  static final class Builder {
    private final Money money;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Map<String, Column> minorUnits = new LinkedHashMap<>();
    private final Set<String> wholeNumbers = new LinkedHashSet<>();

    private Builder(Money money) {
      this.money = money;
    }

    Builder plain(String name, Column column) {
      columns.put(name, column);
      return this;
    }

    Builder wholeNumber(String name, Column column) {
      wholeNumbers.add(name);
      return plain(name, column);
    }

    Builder money(String name, Column minor) {
      minorUnits.put(name, minor);
      return plain(name, money.amount(minor));
    }

    ExpressionScope build() {
      return new ExpressionScope(columns, minorUnits, wholeNumbers);
    }
  }
}
