package io.karat.segments;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;

import io.karat.scores.ScoreColumns;
import io.karat.settings.BilingualText;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Rows of {@link SegmentTables#PROFILES} about characteristics, such as a region. */
public record CharacteristicProfiles(SegmentTables tables, SegmentFigures figures) {
  private static final String INDICATOR = "indicator";
  private static final String VALUE = "value";
  private static final String ALL = "customers of all";

  /**
   * The rows; starts no job.
   *
   * @param characteristics columns of text, at least one
   */
  public Dataset<Row> rows(Dataset<Row> assigned, List<String> characteristics) {
    Column[] words =
        characteristics.stream()
            .map(
                name ->
                    struct(
                        lit(name).as(INDICATOR),
                        Columns.column(name).cast(DataTypes.StringType).as(VALUE)))
            .toArray(Column[]::new);
    List<Column> counts = new ArrayList<>();
    for (String id : figures.ids()) {
      counts.add(count_if(Columns.column(ScoreColumns.SEGMENT_ID).equalTo(id)).as(id));
    }
    Dataset<Row> values =
        assigned
            .select(Columns.column(ScoreColumns.SEGMENT_ID), inline(array(words)))
            .filter(Columns.column(VALUE).isNotNull())
            .groupBy(INDICATOR, VALUE)
            .agg(count(lit(1)).as(ALL), counts.toArray(Column[]::new));
    Column[] rows = figures.ids().stream().map(this::row).toArray(Column[]::new);
    return values.select(inline(array(rows))).filter(Columns.column("customer_count").gt(0));
  }

  private Column row(String id) {
    BilingualText name = tables.names().getOrDefault(id, Segment.UNKNOWN_NAME);
    long size = Math.max(figures.count(id).customers(), 1);
    Column own = Columns.column(id).cast("decimal(18,0)");
    Column part = own.divide(lit(BigDecimal.valueOf(size)));
    Column ofAll =
        Columns.column(ALL)
            .cast("decimal(18,0)")
            .divide(lit(BigDecimal.valueOf(Math.max(figures.all().customers(), 1))));
    return struct(
        lit(id).as(ScoreColumns.SEGMENT_ID),
        lit(name.en()).as(ScoreColumns.SEGMENT_NAME),
        lit(name.zh()).as(ScoreColumns.SEGMENT_CHINESE_NAME),
        Columns.column(INDICATOR),
        Columns.column(VALUE),
        Columns.column(id).as("customer_count"),
        round(part, SegmentTables.PLACES).cast(DecimalTypes.NUMBER).as("mean"),
        lit(null).cast(DecimalTypes.NUMBER).as("median"),
        round(part.divide(ofAll), SegmentTables.PLACES).cast(DecimalTypes.RATIO).as("lift"));
  }
}
