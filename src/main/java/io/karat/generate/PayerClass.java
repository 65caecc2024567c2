package io.karat.generate;

import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;

/** The true payment behaviour of a customer. */
enum PayerClass {
  /** Pays before the due day. */
  PROMPT(0.40),
  /** Pays in the last days before the due day. */
  PUNCTUAL(0.30),
  /** Pays up to two months late. */
  LATE(0.22),
  /** Never pays half of the purchases, and the others very late. */
  DEFAULTING(0.08);

  private final double share;

  PayerClass(double share) {
    this.share = share;
  }

  static Column nameOf(SeededRandom chance, Column customer) {
    double[] shares = Arrays.stream(values()).mapToDouble(payer -> payer.share).toArray();
    String[] names = Arrays.stream(values()).map(PayerClass::name).toArray(String[]::new);
    return get(lit(names), chance.weighted(shares, "payer class", customer));
  }

  /** Days from the sale to its payment; null if it is never paid. */
  static Column delayDays(SeededRandom chance, Column customer, Column purchase, Column termsDays) {
    Column payer = nameOf(chance, customer);
    Column early = chance.whole(termsDays, "early payment", customer, purchase);
    Column spread = chance.uniform("days of delay", customer, purchase);
    Column isPaid = chance.happens(0.5, "paid at all", customer, purchase);
    return when(payer.equalTo(PROMPT.name()), early)
        .when(payer.equalTo(PUNCTUAL.name()), termsDays.minus(days(spread, 4)))
        .when(payer.equalTo(LATE.name()), termsDays.plus(5).plus(days(spread, 55)))
        .when(isPaid, termsDays.plus(30).plus(days(spread, 90)));
  }

  private static Column days(Column spread, int below) {
    return spread.multiply(below).cast("int");
  }
}
