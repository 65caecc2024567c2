package io.karat.lifetime;

import io.karat.lifetime.SpendLikelihood.Spend;
import java.util.Locale;
import java.util.Optional;

/** The days from which a customer's mean spend is known. */
public enum SpendBasis {
  /** Those after the first, as in the literature. */
  REPEATS {
    @Override
    long days(CustomerPurchases buyer) {
      return buyer.repeatDays();
    }

    @Override
    double total(CustomerPurchases buyer) {
      return buyer.repeatTotal();
    }
  },
  /** All. */
  ALL {
    @Override
    long days(CustomerPurchases buyer) {
      return buyer.days();
    }

    @Override
    double total(CustomerPurchases buyer) {
      return buyer.total();
    }
  };

  abstract long days(CustomerPurchases buyer);

  abstract double total(CustomerPurchases buyer);

  /** What a customer tells about spending; nothing where none of these days is there. */
  Optional<Spend> spend(CustomerPurchases buyer) {
    return days(buyer) > 0 && total(buyer) > 0
        ? Optional.of(new Spend(days(buyer), total(buyer), 1))
        : Optional.empty();
  }

  /** What configuration and model files call it, such as {@code repeats}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
