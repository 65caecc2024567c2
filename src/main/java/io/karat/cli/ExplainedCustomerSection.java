package io.karat.cli;

import static io.karat.settings.Translations.listed;
import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.PublishedCustomer;
import io.karat.night.CustomerIds;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Section on the explained customer: ids, night and recorded run. */
record ExplainedCustomerSection(Language language, Optional<Currency> currency)
    implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    List<String> lines = new ArrayList<>(List.of(ids(customer.ids()), night(customer)));
    currency
        .map(it -> text(language, "explain.currency", it.getCurrencyCode()))
        .ifPresent(lines::add);
    return lines;
  }

  private String ids(CustomerIds ids) {
    BilingualText aliases = listed(ids.aliases());
    if (ids.isGroup()) {
      return ids.isAskedByAlias()
          ? text(language, "explain.member_of_group", ids.id(), ids.asked(), aliases)
          : text(language, "explain.whole_group", ids.id(), aliases);
    }
    if (ids.isAskedByAlias()) {
      return text(language, "explain.customer_by_alias", ids.id(), ids.asked(), aliases);
    }

    return ids.aliases().isEmpty()
        ? text(language, "explain.customer", ids.id())
        : text(language, "explain.customer_with_aliases", ids.id(), aliases);
  }

  private String night(CustomerExplanation customer) {
    if (customer.published().isEmpty()) {
      return text(language, "explain.night_unpublished", customer.asOf());
    }

    PublishedCustomer published = customer.published().get();
    return published.isLive()
        ? text(language, "explain.night_live", customer.asOf(), published.runId())
        : text(language, "explain.night_published", customer.asOf(), published.runId());
  }
}
