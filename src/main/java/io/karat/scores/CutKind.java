package io.karat.scores;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.karat.models.Model;
import io.karat.models.ModelComparison;
import io.karat.models.ModelComparison.Cut;
import io.karat.models.ModelComparison.Move;
import io.karat.models.ModelCustomers;
import io.karat.models.ModelKind;
import io.karat.models.NightModel;
import io.karat.scores.CutDefinition.Percentiles;
import io.karat.scores.CutModel.Piece;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The model kind of cut points: fitted anew on the customers of a release, and compared over them.
 */
public record CutKind(ScorePlan plan) implements ModelKind {
  private static final String OTHER = " of the other";

  /** The percentiles that a comparison shows of a long list. */
  private static final List<BigDecimal> SHOWN =
      List.of(new BigDecimal(25), new BigDecimal(50), new BigDecimal(75), new BigDecimal(90));

  @Override
  public String name() {
    return CutModel.KIND;
  }

  @Override
  public NightModel ofNight(
      ModelCustomers customers, List<Model> inForce, Optional<LocalDate> lastFit) {
    return NightModel.of(fit(customers, inForce.stream().map(CutModel::parse).toList()).model());
  }

  @Override
  public Model fit(ModelCustomers customers) {
    return fit(customers, List.of()).model();
  }

  private CutModel fit(ModelCustomers customers, List<CutModel> inForce) {
    return CutFitting.fit(plan, customers.indicators(), customers.asOf(), inForce);
  }

  @Override
  public ModelComparison compare(Model live, Model other, ModelCustomers customers) {
    CutModel liveCuts = cuts(live, customers);
    CutModel otherCuts = cuts(other, customers);
    return new ModelComparison(cuts(liveCuts, otherCuts), moves(liveCuts, otherCuts, customers));
  }

  /** The cuts of a model; those that the plan needs and the model lacks are fitted. */
  private CutModel cuts(Model model, ModelCustomers customers) {
    return fit(customers, List.of(CutModel.parse(model)));
  }

  private List<Cut> cuts(CutModel live, CutModel other) {
    List<Cut> cuts = new ArrayList<>();
    for (CutDefinition lesson : new CutDefinitions(plan).all()) {
      Map<String, BigDecimal> ofLive = numbers(lesson, live);
      Map<String, BigDecimal> ofOther = numbers(lesson, other);
      TreeSet<String> names = new TreeSet<>(ofLive.keySet());
      names.addAll(ofOther.keySet());
      for (String name : names) {
        cuts.add(
            new Cut(
                lesson.name() + " " + name,
                Optional.ofNullable(ofLive.get(name)),
                Optional.ofNullable(ofOther.get(name))));
      }
    }
    return cuts;
  }

  private static Map<String, BigDecimal> numbers(CutDefinition lesson, CutModel cuts) {
    Piece piece = cuts.piece(lesson).orElseThrow();
    Map<String, BigDecimal> numbers = new LinkedHashMap<>();
    if (lesson instanceof Percentiles) {
      SHOWN.forEach(
          share ->
              value(piece, share)
                  .ifPresent(it -> numbers.put("at percentile " + share.toPlainString(), it)));
      return numbers;
    }

    piece
        .numbers()
        .forEach(
            (name, values) -> {
              for (int i = 0; i < values.size(); i++) {
                numbers.put(values.size() == 1 ? name : name + " " + (i + 1), values.get(i));
              }
            });
    return numbers;
  }

  /** The first value at or above a percentile; empty above all. */
  private static Optional<BigDecimal> value(Piece piece, BigDecimal share) {
    List<BigDecimal> shares = piece.of(Percentiles.SHARES);
    for (int i = 0; i < shares.size(); i++) {
      if (shares.get(i).compareTo(share) >= 0) {
        return Optional.of(piece.of(Percentiles.VALUES).get(i));
      }
    }
    return Optional.empty();
  }

  private List<Move> moves(CutModel live, CutModel other, ModelCustomers customers) {
    List<State> states = State.of(plan.models());
    if (states.isEmpty()) {
      return List.of();
    }

    Dataset<Row> both =
        states(live, customers, states, "")
            .join(
                states(other, customers, states, OTHER),
                Columns.column(Columns.CUSTOMER_ID)
                    .equalTo(Columns.column(Columns.CUSTOMER_ID + OTHER)));
    List<Column> moves = states.stream().map(CutKind::move).toList();
    return both
        .select(inline(array(moves.toArray(Column[]::new))))
        .filter(Columns.column("from").notEqual(Columns.column("to")))
        .groupBy("state", "from", "to")
        .agg(count(lit(1)).as("customers"))
        .orderBy("state", "from", "to")
        .collectAsList()
        .stream()
        .map(row -> new Move(row.getString(0), row.getString(1), row.getString(2), row.getLong(3)))
        .toList();
  }

  private static Column move(State state) {
    Column from = Columns.column(state.column());
    Column to = Columns.column(state.column() + OTHER);
    return struct(
        lit(state.column()).as("state"),
        coalesce(from, lit("")).as("from"),
        coalesce(to, lit("")).as("to"));
  }

  private Dataset<Row> states(
      CutModel cuts, ModelCustomers customers, List<State> states, String suffix) {
    Dataset<Row> scored = new Scores(plan, cuts).scored(customers.indicators());
    List<Column> columns = new ArrayList<>();
    columns.add(Columns.column(Columns.CUSTOMER_ID).as(Columns.CUSTOMER_ID + suffix));
    states.forEach(
        state -> columns.add(Columns.column(state.column()).as(state.column() + suffix)));
    return scored.select(columns.toArray(Column[]::new));
  }
}
