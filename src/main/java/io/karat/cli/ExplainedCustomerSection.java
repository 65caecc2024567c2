package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.PublishedCustomer;
import io.karat.night.CustomerIds;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import java.util.List;

/** Section on the explained customer: ids, night and recorded run. */
record ExplainedCustomerSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    String run =
        customer.published().map(ExplainedCustomerSection::run).orElse(NONE_PUBLISHED).in(language);
    return List.of(
        who(customer.ids()).in(language),
        new BilingualText("Night %s: %s", "统计日 %s：%s")
            .in(language)
            .formatted(customer.asOf(), run));
  }

  private static final BilingualText NONE_PUBLISHED =
      new BilingualText("no run of it is published.", "该夜没有已发布的运行。");

  private static BilingualText who(CustomerIds ids) {
    BilingualText asked =
        ids.isAskedByAlias()
            ? new BilingualText(
                ", asked for by the alias %s".formatted(ids.asked()),
                "（按别名 %s 查询）".formatted(ids.asked()))
            : new BilingualText("", "");
    String aliases = String.join(", ", ids.aliases());
    BilingualText others =
        ids.aliases().isEmpty()
            ? new BilingualText("", "")
            : new BilingualText(
                " All aliases: %s.".formatted(aliases), "全部别名：%s。".formatted(aliases));
    return new BilingualText(
        "Customer %s%s.%s".formatted(ids.id(), asked.en(), others.en()),
        "客户 %s%s。%s".formatted(ids.id(), asked.zh(), others.zh()));
  }

  private static BilingualText run(PublishedCustomer published) {
    return published.isLive()
        ? new BilingualText(
            "run %s is live.".formatted(published.runId()),
            "运行 %s 为当前版本。".formatted(published.runId()))
        : new BilingualText(
            "run %s is published, another night is live.".formatted(published.runId()),
            "运行 %s 已发布，当前版本为另一夜。".formatted(published.runId()));
  }
}
