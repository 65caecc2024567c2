package io.karat.night;

import io.karat.input.InputMapping;
import io.karat.input.SampledRows;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.run.Run;
import io.karat.settings.BilingualText;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Preview of a night, without computing it.
 *
 * @param sources the inputs that it would read
 * @param isUnchanged whether the same run is published already
 * @param goesLive whether readers would see it
 * @param before the release with which it would be compared
 * @param models the ids of the models that it would use, by kind; a kind without one would be
 *     fitted
 * @param reading what it would read of inputs of events, in words by name; none if there is nothing
 *     to do
 * @param isWhole whether it would reuse nothing of the night before
 */
public record NightPreview(
    Run run,
    List<NightSource> sources,
    boolean isUnchanged,
    boolean goesLive,
    Optional<Release> before,
    SortedMap<String, String> models,
    SortedMap<String, String> reading,
    boolean isWhole) {
  public NightPreview {
    sources = List.copyOf(sources);
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    reading = Collections.unmodifiableSortedMap(new TreeMap<>(reading));
  }

  /**
   * Reads the state of the inputs and of the output, and of new files the days; writes nothing.
   *
   * @throws io.karat.run.InputException if the input is missing
   */
  public static NightPreview of(
      NightPlan plan, LocalDate asOf, OutputFolder output, SparkSession spark) throws IOException {
    List<NightSource> sources = plan.sources(asOf, spark);
    Commit head = output.head();
    Run run = RunIdentity.of(plan, asOf, sources, head);
    boolean isUnchanged = output.published().isUnchanged(run.id(), asOf);
    List<InputPlan> plans =
        isUnchanged
            ? List.of()
            : NightReading.of(plan, sources, asOf, StateBefore.of(head, asOf, output), spark)
                .plans();
    SortedMap<String, String> reading = new TreeMap<>();
    plans.forEach(it -> reading.put(it.table().tableName(), it.inWords()));
    return new NightPreview(
        run,
        sources,
        isUnchanged,
        head.isNone() || !asOf.isBefore(head.liveAsOf()),
        head.nightBefore(asOf),
        models(head, asOf),
        reading,
        !isUnchanged && plans.stream().allMatch(it -> it.days().isEmpty()));
  }

  /** The models in use by kind, the accepted one first. */
  static SortedMap<String, String> models(Commit head, LocalDate asOf) {
    SortedMap<String, String> models = new TreeMap<>();
    head.nightBefore(asOf)
        .ifPresent(
            release -> release.models().forEach((kind, used) -> models.put(kind, used.id())));
    models.putAll(head.models());
    return models;
  }

  /**
   * Plans the whole computation over the schema of the input, so that everything Spark can refuse
   * is refused, and judges the first rows of every input; reads no other rows except those of
   * aliases, the parents of customers where groups take their place, and the keys of tables that
   * are joined.
   *
   * @return remarks on what was found
   * @throws io.karat.run.RefusedException if more of those rows cannot be used than a night allows
   * @throws io.karat.run.InputException if the source lacks a column or has the wrong type
   * @throws io.karat.run.UsageException if an expression does not fit the source's types
   */
  public static List<BilingualText> validate(NightPlan plan, LocalDate asOf, SparkSession spark) {
    List<NightSource> sources = plan.sources(asOf, spark);
    InputReading reading = InputReading.of(plan, sources, asOf, spark);
    plan.indicators().compute(reading.measures(), asOf);
    List<BilingualText> remarks = new ArrayList<>(reading.remarks());
    for (NightSource source : sources) {
      InputMapping mapping = plan.mapping(source.table());
      SampledRows sample = SampledRows.of(source.content().rows(mapping), mapping);
      sample.requireUsable(asOf, plan.settings().checks());
      remarks.addAll(sample.similarValues(asOf));
    }
    return remarks;
  }
}
