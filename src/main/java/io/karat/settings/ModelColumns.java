package io.karat.settings;

import io.karat.run.LowerCase;
import io.karat.settings.Scorecard.Perspective;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Columns that models add to customers, by the model that adds them. */
public final class ModelColumns {
  /** Columns that names of a business may not produce, including those of models that are off. */
  private static final Pattern RESERVED =
      Pattern.compile(
          "customer_id|as_of_date|run_id|group_(id|level|customer_count)|is_one_off|one_off_since|one_off_service_cost|usual_interval_days|rfm_.*|.*_bin|scorecard_.*|segment(_.*)?"
              + "|(financial|sales|customer|service|current_value|potential_value)_score"
              + "|has_left|satisfaction_level|expected_churn|value_at_risk_amount|lifetime_value.*|residual_(renewals|lifetime_value)|p_alive"
              + "|(purchase|churn)_probability_next_.*"
              + "|predicted_net_sales_amount_next_.*|churn_main_reason"
              + "|expected_(transactions|sales_amount)_next_.*"
              + "|.*_name|.*_name_zh|.*_points_to_next_tier|previous_.*|is_.*_changed"
              + "|.*_rank|.*_change");

  private final Map<String, Part> columns = new LinkedHashMap<>();
  private final List<Part> chosen = new ArrayList<>();

  /** Collects the columns of all {@code models}, in their order. */
  public ModelColumns(Models models) {
    add("usual_interval", "usual_interval_days");
    models
        .buyerTypes()
        .ifPresent(
            it -> {
              add(BuyerTypes.KEY, BuyerTypes.TYPE, BuyerTypes.MARGIN);
              it.kinds().forEach(kind -> add(BuyerTypes.KEY, kind.name() + "_score"));
            });
    models.classifications().forEach(it -> own("classification", it.name(), it.at(), it.name()));
    models
        .bigTicket()
        .ifPresent(
            it ->
                add(
                    "classification.one_off",
                    "is_one_off",
                    "one_off_since",
                    "one_off_service_cost"));
    models
        .pyramids()
        .forEach(it -> own("pyramids", it.name(), it.at(), it.name() + "_score", tier(it)));
    models.scorecard().ifPresent(this::addScorecard);
    models
        .rfm()
        .ifPresent(
            it ->
                add(
                    "rfm",
                    "recency_bin",
                    "frequency_bin",
                    "monetary_bin",
                    "rfm_score",
                    "rfm_segment"));
    models
        .churn()
        .ifPresent(
            it ->
                add(
                    "churn",
                    "has_left",
                    "satisfaction_level",
                    "expected_churn",
                    "value_at_risk_amount"));
    models.labels().forEach(it -> own("labels", it.name(), it.at(), it.name()));
    models
        .screenings()
        .forEach(
            it ->
                own(
                    "screening",
                    it.name(),
                    it.at(),
                    Stream.concat(Stream.of(it.name()), it.criteria().stream().map(it::column))
                        .toArray(String[]::new)));
  }

  /** The column of a pyramid's tier. */
  static String tier(Pyramid pyramid) {
    return pyramid.name() + "_tier";
  }

  /** The model of each column, such as {@code pyramids.profit}. */
  public Map<String, String> owners() {
    Map<String, String> owners = new LinkedHashMap<>();
    columns.forEach((column, part) -> owners.put(column, part.key()));
    return owners;
  }

  private void addScorecard(Scorecard scorecard) {
    for (Perspective perspective : scorecard.perspectives().keySet()) {
      String name = LowerCase.of(perspective);
      add("scorecard." + name, name + "_score");
    }
    add(
        "scorecard",
        "current_value_score",
        "potential_value_score",
        "scorecard_score",
        "scorecard_quadrant");
  }

  private void own(String model, String name, Location at, String... names) {
    Part part = new Part(model + "." + name, Optional.of(at), List.of(names));
    chosen.add(part);
    names(part);
  }

  private void add(String key, String... names) {
    names(new Part(key, Optional.empty(), List.of(names)));
  }

  private void names(Part part) {
    part.names().forEach(name -> columns.putIfAbsent(name, part));
  }

  /** Reports names whose column is reserved or belongs to another model. */
  void check(Problems problems) {
    for (Part part : chosen) {
      for (String name : part.names()) {
        Optional<Part> other =
            Optional.ofNullable(columns.get(name)).filter(owner -> !owner.equals(part));
        if (RESERVED.matcher(name).matches()) {
          note(part, "'%s' gives the column '%s', a name of Karat's own.", name, problems);
        } else if (other.isPresent()) {
          note(
              part.isSaid() ? part : other.get(),
              "'%s' gives the column '%s', which '"
                  + (part.isSaid() ? other.get() : part).key()
                  + "' gives too.",
              name,
              problems);
        }
      }
    }
  }

  /** Reports names whose column is also an indicator, which would make rules ambiguous. */
  public void checkAgainst(Predicate<String> isIndicator, Problems problems) {
    for (Part part : chosen) {
      part.names().stream()
          .filter(isIndicator)
          .forEach(
              name ->
                  note(part, "'%s' gives the column '%s', which is an indicator.", name, problems));
    }
  }

  private static void note(Part part, String message, String column, Problems problems) {
    part.at()
        .ifPresent(
            at ->
                problems.add(at, message.formatted(part.key(), column) + " Choose another name."));
  }

  /**
   * Model with its columns.
   *
   * @param at the place where its name was chosen; empty for a fixed name
   */
  private record Part(String key, Optional<Location> at, List<String> names) {
    boolean isSaid() {
      return at.stream().flatMap(Stream::of).anyMatch(place -> !place.isDefault());
    }
  }
}
