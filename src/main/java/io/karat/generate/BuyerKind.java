package io.karat.generate;

import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;

/** Kind of buyer: the true preference of a large customer, which an analysis should find again. */
enum BuyerKind {
  /** The price: cheap, few products, hardly a contact. */
  INTRINSIC(0.88, 0.12, 3, 0.3, 0, 1.0),
  /** Advice and service: many contacts and suggestions, and margins that pay for them. */
  EXTRINSIC(1.05, 0.02, 36, 0.3, 0.1, 1.0),
  /** A partnership: common processes, most of what it buys at all, strategic factors. */
  STRATEGIC(1.02, 0.03, 16, 0.9, 0, 0.25);

  private final double price;
  private final double discountShare;
  private final double contactsPerYear;
  private final double strategicShare;
  private final double extraMargin;
  private final double size;

  BuyerKind(
      double price,
      double discountShare,
      double contactsPerYear,
      double strategicShare,
      double extraMargin,
      double size) {
    this.price = price;
    this.discountShare = discountShare;
    this.contactsPerYear = contactsPerYear;
    this.strategicShare = strategicShare;
    this.extraMargin = extraMargin;
    this.size = size;
  }

  /** The unit price, as a multiple of that of most customers. */
  double price() {
    return price;
  }

  /** The mean share of discounts in the list price. */
  double discountShare() {
    return discountShare;
  }

  double contactsPerYear() {
    return contactsPerYear;
  }

  /** How likely each strategic factor is high. */
  double strategicShare() {
    return strategicShare;
  }

  /** The share of the amount that costs less than usual. */
  double extraMargin() {
    return extraMargin;
  }

  /** The customer's own annual sales, as a multiple of those of most customers. */
  double size() {
    return size;
  }

  /** The shares of the types of contacts. */
  double[] contactTypes() {
    return switch (this) {
      case INTRINSIC -> new double[] {0.35, 0.10, 0.10, 0.12, 0.03, 0.30};
      case EXTRINSIC -> new double[] {0.30, 0.10, 0.15, 0.05, 0.30, 0.10};
      case STRATEGIC -> new double[] {0.15, 0.60, 0.10, 0.03, 0.05, 0.07};
    };
  }

  /** A property of the kind with the given number; null without a kind. */
  static Column propertyOf(Column number, ToDoubleFunction<BuyerKind> property) {
    return get(lit(Arrays.stream(values()).mapToDouble(property).toArray()), number);
  }

  static Column nameOf(Column number) {
    return get(lit(Arrays.stream(values()).map(BuyerKind::name).toArray(String[]::new)), number);
  }

  Column is(Column number) {
    return nameOf(number).equalTo(name());
  }
}
