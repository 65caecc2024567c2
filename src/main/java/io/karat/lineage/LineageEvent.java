package io.karat.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.night.NightResult;
import io.karat.publishing.Release;
import io.karat.publishing.RunTables;
import io.karat.report.NightFacts;
import io.karat.settings.InputSettings;
import io.karat.settings.JoinSettings;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Expression;
import io.karat.tables.StoredSchema;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.DatasetFacetsBuilder;
import io.openlineage.client.OpenLineage.InputDataset;
import io.openlineage.client.OpenLineage.InputDatasetInputFacetsBuilder;
import io.openlineage.client.OpenLineage.Job;
import io.openlineage.client.OpenLineage.OutputDataset;
import io.openlineage.client.OpenLineage.OutputDatasetOutputFacetsBuilder;
import io.openlineage.client.OpenLineage.Run;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import io.openlineage.client.OpenLineage.SchemaDatasetFacetFields;
import io.openlineage.client.utils.DatasetIdentifier;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.package$;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Event of OpenLineage for a published night: the inputs and tables under names that are the same
 * every night, with their rows, columns and checks.
 *
 * @param tables the tables of the night's release
 */
public record LineageEvent(
    Settings settings, NightResult night, RunTables tables, Configuration hadoop) {
  static final URI PRODUCER = URI.create("https://github.com/karat-io/karat");
  static final OpenLineage FACETS = new OpenLineage(PRODUCER);

  /**
   * The event, which says that the night is complete.
   *
   * @param namespace the namespace of the job
   * @param time the time of the event, for people only
   */
  public RunEvent complete(String namespace, Instant time) throws IOException {
    return FACETS.newRunEvent(
        time.atZone(ZoneOffset.UTC),
        EventType.COMPLETE,
        run(),
        job(namespace),
        inputs(),
        outputs());
  }

  /** The run, by an id that is the same for the same attempt, and the business day. */
  private Run run() {
    return FACETS
        .newRunBuilder()
        .runId(UUID.nameUUIDFromBytes(night.path().getBytes(UTF_8)))
        .facets(
            FACETS
                .newRunFacetsBuilder()
                .nominalTime(
                    FACETS.newNominalTimeRunFacet(
                        night.run().asOf().atStartOfDay(settings.timeZone()),
                        night.run().asOf().plusDays(1).atStartOfDay(settings.timeZone())))
                .processing_engine(
                    FACETS
                        .newProcessingEngineRunFacetBuilder()
                        .name("spark")
                        .version(package$.MODULE$.SPARK_VERSION())
                        .build())
                .build())
        .build();
  }

  private Job job(String namespace) {
    return FACETS
        .newJobBuilder()
        .namespace(namespace)
        .name(settings.name())
        .facets(
            FACETS
                .newJobFacetsBuilder()
                .jobType(FACETS.newJobTypeJobFacet("BATCH", "KARAT", "JOB"))
                .build())
        .build();
  }

  private List<InputDataset> inputs() {
    DatasetNames names = new DatasetNames(hadoop);
    List<InputDataset> datasets = new ArrayList<>();
    for (InputSettings input : settings.inputs().all()) {
      String name = input.table().tableName();
      List<DatasetIdentifier> paths =
          names.of(name, input.paths(), input.format(), input.options());
      datasets.add(read(paths.get(0), input));
      paths.stream().skip(1).map(LineageEvent::named).forEach(datasets::add);
      for (JoinSettings join : input.joins()) {
        names.of(join.at().name(), join.paths(), join.format(), join.options()).stream()
            .map(LineageEvent::named)
            .forEach(datasets::add);
      }
    }
    return datasets;
  }

  private static InputDataset named(DatasetIdentifier name) {
    return FACETS
        .newInputDatasetBuilder()
        .namespace(name.getNamespace())
        .name(name.getName())
        .build();
  }

  /** The first dataset of an input, with what is known of all its rows. */
  private InputDataset read(DatasetIdentifier name, InputSettings settings) {
    NightFacts.Input input =
        night.facts().inputs().stream()
            .filter(it -> it.name().equals(settings.table().tableName()))
            .findFirst()
            .orElseThrow();
    DatasetFacetsBuilder facets = FACETS.newDatasetFacetsBuilder();
    input.state().map(FACETS::newDatasetVersionDatasetFacet).ifPresent(facets::version);
    InputDatasetInputFacetsBuilder found =
        FACETS
            .newInputDatasetInputFacetsBuilder()
            .inputStatistics(
                FACETS.newInputStatisticsInputDatasetFacet(
                    input.balance().read().rows(), input.bytes(), input.files()));
    Assertions.of(night.checks(), input.name(), column -> source(settings, column))
        .ofInput()
        .ifPresent(found::dataQualityAssertions);
    return FACETS
        .newInputDatasetBuilder()
        .namespace(name.getNamespace())
        .name(name.getName())
        .facets(facets.build())
        .inputFacets(found.build())
        .build();
  }

  /** The column of the source that Karat's is, unless it is computed. */
  private static Optional<String> source(InputSettings input, String column) {
    return Optional.ofNullable(input.columns().get(column))
        .map(Expression::sql)
        .filter(sql -> sql.matches("\\w+"));
  }

  private List<OutputDataset> outputs() throws IOException {
    List<OutputDataset> datasets = new ArrayList<>();
    for (Map.Entry<String, Release.Table> table : night.tables().entrySet()) {
      datasets.add(published(table.getKey(), table.getValue()));
    }
    return datasets;
  }

  private OutputDataset published(String table, Release.Table content) throws IOException {
    DatasetIdentifier name =
        new DatasetNames(hadoop).of("%s/%s".formatted(settings.output().path(), table));
    List<String> files = tables.files(table);
    StructType schema = StoredSchema.ofFile(files.get(files.size() - 1), hadoop);
    Set<String> columns = Set.of(schema.fieldNames());
    OutputDatasetOutputFacetsBuilder written =
        FACETS
            .newOutputDatasetOutputFacetsBuilder()
            .outputStatistics(
                FACETS.newOutputStatisticsOutputDatasetFacet(
                    content.rows(), tables.bytes(table), (long) files.size()));
    Assertions.of(night.checks(), table, column -> Optional.of(column).filter(columns::contains))
        .ofOutput()
        .ifPresent(facet -> written.put(Assertions.FACET, facet));
    return FACETS
        .newOutputDatasetBuilder()
        .namespace(name.getNamespace())
        .name(name.getName())
        .facets(
            FACETS
                .newDatasetFacetsBuilder()
                .version(FACETS.newDatasetVersionDatasetFacet(night.run().id()))
                .schema(
                    FACETS.newSchemaDatasetFacet(
                        Arrays.stream(schema.fields()).map(LineageEvent::column).toList()))
                .build())
        .outputFacets(written.build())
        .build();
  }

  private static SchemaDatasetFacetFields column(StructField column) {
    return FACETS
        .newSchemaDatasetFacetFieldsBuilder()
        .name(column.name())
        .type(column.dataType().simpleString())
        .description(column.getComment().getOrElse(() -> ""))
        .build();
  }
}
