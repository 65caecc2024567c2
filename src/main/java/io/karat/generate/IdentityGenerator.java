package io.karat.generate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;

/**
 * Names, numbers and addresses of made-up customers: most rare, some frequent. A record of the same
 * customer that was typed again has slips in some of them and lacks others.
 */
record IdentityGenerator(Population population) {
  private static final String[] GIVEN = {
    "Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Henry", "Ida", "Jonas", "Karla",
    "Leon", "Marta", "Noah", "Olga", "Paul", "Rosa", "Simon", "Thea", "Viktor", "Wanda", "Yusuf"
  };
  private static final String[] FREQUENT = {
    "Smith", "Jones", "Miller", "Brown", "Taylor", "Wilson", "Moore", "Clark", "Lewis", "Walker",
    "Young", "King", "Wright", "Hill", "Green", "Baker", "Adams", "Nelson", "Carter", "Turner"
  };
  private static final String[] FIRST = {
    "Ash", "Black", "Cal", "Dor", "East", "Fair", "Glen", "Har", "Ing", "Ken", "Lang", "Mar", "Nor",
    "Os", "Pem", "Rad", "Stan", "Thorn", "Up", "West"
  };
  private static final String[] MIDDLE = {
    "a", "en", "ing", "er", "o", "es", "wi", "by", "ar", "le", "mo", "na", "ri", "su", "ti", "ve"
  };
  private static final String[] LAST = {
    "berg", "ton", "ham", "ford", "well", "wood", "field", "stone", "land", "worth", "ley", "man",
    "son", "by", "wick", "dale", "brook", "more", "gate", "shaw"
  };
  private static final String[] TRADES = {
    "Trading",
    "Foods",
    "Steel",
    "Textiles",
    "Logistics",
    "Systems",
    "Paper",
    "Tools",
    "Pharma",
    "Energy",
    "Glass",
    "Seeds"
  };
  private static final String[] FORMS = {"Ltd", "GmbH", "Inc", "SA"};
  private static final String[] STREETS = {
    "Station Road",
    "Mill Lane",
    "High Street",
    "Church Road",
    "Park Avenue",
    "Market Square",
    "Harbour Street",
    "School Lane",
    "Bridge Street",
    "Garden Way"
  };
  private static final double FREQUENT_SHARE = 0.2;
  private static final int POSTCODES = 4_000;
  private static final int FIRST_POSTCODE = 10_000;
  private static final int HOUSES = 120;

  /** The columns of a customer's own record. */
  List<Column> columns(Column customer, Column isFirm) {
    return named(
        name(customer, isFirm),
        phone(customer),
        email(customer),
        street(customer),
        postcode(customer),
        taxId(customer, isFirm));
  }

  /** The columns of the record that was typed again, from those of the customer's own record. */
  List<Column> typedAgain(Column customer) {
    Slips slips = new Slips(population.chance(), customer);
    return named(
        slips.in(col("display_name"), 0.3, "name"),
        slips.missingIn(slips.in(col("phone"), 0.15, "phone"), 0.1, "phone"),
        slips.missingIn(slips.in(col("email"), 0.1, "email"), 0.3, "email"),
        slips.of(
            slips.in(col("street"), 0.1, "street"),
            0.2,
            "street",
            it -> regexp_replace(it, " (Road|Street|Lane|Avenue)$", "")),
        slips.in(col("postcode"), 0.08, "postcode"),
        slips.missingIn(col("tax_id"), 0.3, "tax id"));
  }

  private static List<Column> named(
      Column name, Column phone, Column email, Column street, Column postcode, Column taxId) {
    return List.of(
        name.as("display_name"),
        phone.as("phone"),
        email.as("email"),
        street.as("street"),
        postcode.as("postcode"),
        taxId.as("tax_id"));
  }

  private Column name(Column customer, Column isFirm) {
    Column rare =
        concat(
            oneOf(FIRST, "name start", customer),
            oneOf(MIDDLE, "name middle", customer),
            oneOf(LAST, "name end", customer));
    Column family =
        when(
                population.chance().happens(FREQUENT_SHARE, "frequent name", customer),
                oneOf(FREQUENT, "family name", customer))
            .otherwise(rare);
    Column firm =
        concat_ws(
            " ", family, oneOf(TRADES, "trade", customer), oneOf(FORMS, "legal form", customer));
    return when(isFirm, firm)
        .otherwise(concat_ws(" ", oneOf(GIVEN, "given name", customer), family));
  }

  private Column phone(Column customer) {
    Column number = population.chance().whole(100_000_000, "phone", customer);
    return concat(lit("0"), lpad(number.cast("string"), 9, "3"));
  }

  private Column email(Column customer) {
    Column number = population.chance().whole(10_000, "email", customer);
    return concat(
        lower(oneOf(LAST, "name end", customer)),
        lower(oneOf(FIRST, "name start", customer)),
        number.cast("string"),
        lit("@example.com"));
  }

  private Column street(Column customer) {
    Column house = population.chance().whole(HOUSES, "house", customer).plus(1);
    return concat_ws(" ", house.cast("string"), oneOf(STREETS, "street", customer));
  }

  private Column postcode(Column customer) {
    return population
        .chance()
        .whole(POSTCODES, "postcode", customer)
        .plus(FIRST_POSTCODE)
        .cast("string");
  }

  private Column taxId(Column customer, Column isFirm) {
    Column number = population.chance().whole(900_000_000, "tax id", customer).plus(100_000_000);
    return when(isFirm, concat(lit("T"), number.cast("string")));
  }

  private Column oneOf(String[] values, String purpose, Column customer) {
    return population.chance().oneOf(values, purpose, customer);
  }

  /** Slips in values that are typed again. */
  private record Slips(SeededRandom chance, Column customer) {
    /** Two neighbouring characters exchanged, or one left out, in a share of the values. */
    Column in(Column value, double share, String purpose) {
      return of(value, share, purpose + " slip", it -> slip(it, purpose));
    }

    Column of(Column value, double share, String purpose, UnaryOperator<Column> change) {
      return when(chance.happens(share, purpose + " again", customer), change.apply(value))
          .otherwise(value);
    }

    Column missingIn(Column value, double share, String purpose) {
      return when(chance.happens(1 - share, purpose + " known", customer), value);
    }

    private Column slip(Column value, String purpose) {
      Column at = chance.whole(length(value).minus(2), purpose + " place", customer).plus(2);
      Column before = value.substr(lit(1), at.minus(1));
      Column exchanged = concat(value.substr(at.plus(1), lit(1)), value.substr(at, lit(1)));
      Column after = value.substr(at.plus(2), length(value));
      Column middle =
          when(chance.happens(0.6, purpose + " exchange", customer), exchanged)
              .otherwise(value.substr(at.plus(1), lit(1)));
      return coalesce(concat(before, middle, after), value);
    }
  }
}
