package io.karat.scores;

import io.karat.scores.CustomerCounts.Count;
import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.settings.Rfm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows of {@code rfm_cells}: the cells of all three axes, of frequency by monetary value and of
 * frequency by recency, cells without customers included, and the customers of each segment, of
 * whom some are in cells of another one because of the hysteresis.
 */
final class RfmCells {
  private final ScorePlan plan;
  private final RfmModel model;
  private final CustomerCounts counts;
  private final List<RfmAxis> axes;

  RfmCells(ScorePlan plan, RfmModel model, CustomerCounts counts) {
    this.plan = plan;
    this.model = model;
    this.counts = counts;
    this.axes = CutDefinitions.axes(model.rfm());
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int recency : bins(0)) {
      for (int frequency : bins(1)) {
        for (int monetary : bins(2)) {
          rows.add(row("RFM", List.of(recency, frequency, monetary)));
        }
      }
    }
    for (int frequency : bins(1)) {
      for (int monetary : bins(2)) {
        rows.add(row("FM", List.of(0, frequency, monetary)));
      }
      for (int recency : bins(0)) {
        rows.add(row("FR", List.of(recency, frequency, 0)));
      }
    }
    model.rfm().names().stream().map(Rfm.Name::name).distinct().forEach(it -> rows.add(row(it)));
    return rows;
  }

  /** The row of a segment. */
  private Row row(String segment) {
    List<Object> values = new ArrayList<>(List.of("SEGMENT"));
    values.addAll(Collections.nCopies(axes.size(), null));
    values.addAll(List.of(segment, plan.name(segment).en(), plan.name(segment).zh()));
    values.addAll(Collections.nCopies(2 * axes.size(), null));
    values.addAll(counts.values(counts.of(ScoreColumns.RFM_SEGMENT, segment), CustomerCounts.RFM));
    return RowFactory.create(values.toArray());
  }

  /** The row of a cell; bin 0 stands for all bins of an axis. */
  private Row row(String grid, List<Integer> cell) {
    List<Object> values = new ArrayList<>(List.of(grid));
    cell.forEach(bin -> values.add(bin == 0 ? null : bin));
    Optional<String> segment = grid.equals("RFM") ? Optional.of(segment(cell)) : Optional.empty();
    values.add(segment.orElse(null));
    values.add(segment.map(code -> plan.name(code).en()).orElse(null));
    values.add(segment.map(code -> plan.name(code).zh()).orElse(null));
    for (int axis = 0; axis < axes.size(); axis++) {
      Optional<Bins> bins = cell.get(axis) == 0 ? Optional.empty() : bins(axis, cell);
      int bin = cell.get(axis);
      values.add(LevelContracts.number(bins.flatMap(it -> it.from(bin))).orElse(null));
      values.add(LevelContracts.number(bins.flatMap(it -> it.to(bin))).orElse(null));
    }
    values.addAll(counts.values(count(cell), CustomerCounts.RFM));
    return RowFactory.create(values.toArray());
  }

  private String segment(List<Integer> cell) {
    return model.rfm().names().stream()
        .filter(name -> name.covers(cell.get(0), cell.get(1), cell.get(2)))
        .map(Rfm.Name::name)
        .findFirst()
        .orElseThrow();
  }

  /** The bins of an axis in a cell; empty if they are nested in bins that the cell leaves open. */
  private Optional<Bins> bins(int axis, List<Integer> cell) {
    Map<List<Integer>, Bins> all = model.bins(axes.get(axis));
    int within = all.keySet().iterator().next().size();
    return Optional.ofNullable(all.get(cell.subList(0, within)));
  }

  private Count count(List<Integer> cell) {
    return Stream.of(cell)
        .flatMap(it -> closed(it).stream())
        .map(code -> counts.of(CustomerCounts.RFM, code))
        .reduce(Count::plus)
        .orElseThrow();
  }

  /** The codes of the cells of all three axes that a cell covers. */
  private List<String> closed(List<Integer> cell) {
    List<String> codes = List.of("");
    for (int axis = 0; axis < cell.size(); axis++) {
      int[] bins = cell.get(axis) == 0 ? bins(axis) : new int[] {cell.get(axis)};
      codes =
          codes.stream()
              .flatMap(code -> Arrays.stream(bins).mapToObj(bin -> (code + " " + bin).strip()))
              .collect(Collectors.toList());
    }
    return codes;
  }

  private int[] bins(int axis) {
    return IntStream.rangeClosed(1, axes.get(axis).settings().bins()).toArray();
  }
}
