package io.karat.scores;

import static org.apache.spark.sql.functions.lit;

import io.karat.ranks.Distributions;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedColumn;
import io.karat.scores.CutDefinition.BinCuts;
import io.karat.scores.CutDefinition.BinCuts.Within;
import io.karat.scores.CutDefinition.LevelStarts;
import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.scores.CutModel.Piece;
import io.karat.settings.CutPolicy;
import io.karat.settings.RankedPopulation;
import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Fitting of cut points on the customers of one night. Cuts that depend on others, such as the
 * tiers of a score, are fitted after them; each step runs all its queries together.
 */
public final class CutFitting {
  private final ScorePlan plan;
  private final CutDefinitions lessons;
  private final Dataset<Row> indicators;
  private final LocalDate asOf;
  private final SortedMap<String, Piece> pieces = new TreeMap<>();

  private CutFitting(ScorePlan plan, Dataset<Row> indicators, LocalDate asOf) {
    this.plan = plan;
    this.lessons = new CutDefinitions(plan);
    this.indicators = indicators;
    this.asOf = asOf;
  }

  /**
   * Fits every cut that the plan needs and {@code inForce} does not have for the same definition,
   * and every fresh one.
   *
   * @param indicators one row per customer, {@code customer_indicators}
   * @param inForce the accepted cuts, in order of precedence; empty on a first night
   * @return one of {@code inForce} if it has exactly the cuts that the plan needs
   */
  public static CutModel fit(
      ScorePlan plan, Dataset<Row> indicators, LocalDate asOf, List<CutModel> inForce) {
    return new CutFitting(plan, indicators, asOf).fit(inForce);
  }

  private CutModel fit(List<CutModel> inForce) {
    List<CutDefinition> open = new ArrayList<>();
    for (CutDefinition lesson : lessons.all()) {
      known(lesson, inForce)
          .ifPresentOrElse(piece -> pieces.put(lesson.name(), piece), () -> open.add(lesson));
    }
    Optional<CutModel> same =
        inForce.stream().filter(cuts -> cuts.pieces().equals(pieces)).findFirst();
    if (open.isEmpty() && same.isPresent()) {
      return same.get();
    }

    learn(
        open.stream()
            .filter(lesson -> !isOfScores(lesson) && !isOfKeyCustomers(lesson))
            .filter(lesson -> outer(lesson).isEmpty()),
        indicators);
    for (int depth = 1; depth <= 2; depth++) {
      int axes = depth;
      List<CutDefinition> nested =
          open.stream().filter(lesson -> outer(lesson).size() == axes).toList();
      if (!nested.isEmpty()) {
        learn(nested.stream(), grouped(axes));
      }
    }
    List<CutDefinition> ofScores = open.stream().filter(this::isOfScores).toList();
    if (!ofScores.isEmpty()) {
      learn(ofScores.stream(), new Scores(plan, fitted()).weighted(indicators));
    }
    List<CutDefinition> ofKeyCustomers = open.stream().filter(this::isOfKeyCustomers).toList();
    if (!ofKeyCustomers.isEmpty()) {
      learn(ofKeyCustomers.stream(), new Scores(plan, fitted()).keyed(indicators));
    }
    return fitted();
  }

  private static Optional<Piece> known(CutDefinition lesson, List<CutModel> inForce) {
    return lesson.policy() == CutPolicy.FROZEN
        ? inForce.stream().flatMap(cuts -> cuts.piece(lesson).stream()).findFirst()
        : Optional.empty();
  }

  private CutModel fitted() {
    return new CutModel(asOf, pieces);
  }

  private void learn(Stream<CutDefinition> some, Dataset<Row> customers) {
    List<CutDefinition> lessons = some.toList();
    List<CutQueries> inquiries = lessons.stream().map(CutQueries::of).toList();
    List<RankedColumn> columns =
        inquiries.stream().flatMap(it -> it.columns().stream()).distinct().toList();
    if (columns.isEmpty()) {
      return;
    }

    RankResults answers =
        Distributions.of(Populations.added(customers, lessons), columns)
            .answer(inquiries.stream().flatMap(it -> it.questions().stream()).toList());
    inquiries.forEach(it -> pieces.put(it.lesson().name(), it.piece(answers)));
  }

  private boolean isOfScores(CutDefinition lesson) {
    return lesson instanceof LevelStarts starts && starts.isOfScore();
  }

  private boolean isOfKeyCustomers(CutDefinition lesson) {
    return lesson.population() == RankedPopulation.KEY_CUSTOMERS;
  }

  private static List<Within> outer(CutDefinition lesson) {
    return lesson instanceof BinCuts cuts ? cuts.within() : List.of();
  }

  /** Customers with their bins of the first axes, encoded as one number. */
  private Dataset<Row> grouped(int depth) {
    RfmModel rfm = new Scores(plan, fitted()).rfm().orElseThrow();
    Dataset<Row> binned = indicators;
    Column group = lit(0);
    for (RfmAxis axis : CutDefinitions.axes(rfm.rfm()).subList(0, depth)) {
      binned = binned.withColumn(axis.bin(), rfm.bin(axis));
      group = group.multiply(CutQueries.GROUP_BASE).plus(Columns.column(axis.bin()));
    }
    return binned.withColumn(CutQueries.GROUP, group);
  }
}
