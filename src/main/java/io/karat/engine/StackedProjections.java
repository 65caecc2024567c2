package io.karat.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.MutableProjection;
import org.apache.spark.sql.catalyst.expressions.MutableProjection$;
import org.apache.spark.sql.catalyst.expressions.MutableValue;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.execution.QueryExecution;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Projections of which each uses columns of the one before, evaluated in the same row.
 *
 * <p>Where so many columns are too much for one generated method, Spark evaluates each projection
 * alone and copies all columns into a new row each time. Here each adds its own columns to one row
 * of values, and what is known stays where it is.
 */
public final class StackedProjections
    implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  /** Fewer are left to Spark. */
  private static final int FEWEST = 3;

  private final ArrayList<Attribute> below;
  private final ArrayList<ArrayList<NamedExpression>> steps;
  private final ArrayList<Attribute> results;

  private StackedProjections(
      List<Attribute> below, List<List<NamedExpression>> steps, List<Attribute> results) {
    this.below = new ArrayList<>(below);
    this.steps = new ArrayList<>();
    steps.forEach(step -> this.steps.add(new ArrayList<>(step)));
    this.results = new ArrayList<>(results);
  }

  /** The same rows, computed so if they are the result of several projections. */
  public static Dataset<Row> of(Dataset<Row> rows) {
    org.apache.spark.sql.classic.Dataset<Row> planned =
        (org.apache.spark.sql.classic.Dataset<Row>) rows;
    List<Project> projects = new ArrayList<>();
    LogicalPlan child = planned.queryExecution().optimizedPlan();
    while (child instanceof Project project) {
      projects.add(0, project);
      child = project.child();
    }
    if (projects.size() < FEWEST || !projects.stream().allMatch(StackedProjections::isPure)) {
      return rows;
    }

    QueryExecution source = Dataset$.MODULE$.ofRows(planned.sparkSession(), child).queryExecution();
    StackedProjections stacked = of(list(source.analyzed().output()), projects);
    JavaRDD<InternalRow> results = source.toRdd().toJavaRDD().mapPartitions(stacked);
    return planned.sparkSession().internalCreateDataFrame(results.rdd(), rows.schema(), false);
  }

  private static boolean isPure(Project project) {
    return list(project.projectList()).stream().allMatch(it -> ((Expression) it).deterministic());
  }

  private static StackedProjections of(List<Attribute> below, List<Project> projects) {
    List<Attribute> results =
        list(projects.get(projects.size() - 1).projectList()).stream()
            .map(NamedExpression::toAttribute)
            .toList();
    Set<ExprId> wanted = new HashSet<>(results.stream().map(Attribute::exprId).toList());
    List<List<NamedExpression>> steps = new ArrayList<>();
    steps.add(List.copyOf(below.stream().filter(it -> wanted.contains(it.exprId())).toList()));
    for (Project project : projects) {
      steps.add(
          list(project.projectList()).stream().filter(it -> !(it instanceof Attribute)).toList());
    }
    return new StackedProjections(below, steps, results);
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    return new Rows(rows);
  }

  /** The results of one partition; each row is overwritten by the next. */
  private final class Rows implements Iterator<InternalRow> {
    private final Iterator<InternalRow> source;
    private final List<MutableProjection> projections = new ArrayList<>();
    private final SpecificInternalRow values;
    private final JoinedRow known = new JoinedRow();
    private final SpecificInternalRow result;

    Rows(Iterator<InternalRow> source) {
      this.source = source;
      List<Attribute> columns = new ArrayList<>();
      steps.forEach(step -> step.forEach(it -> columns.add(it.toAttribute())));
      values = new SpecificInternalRow(seq(columns.stream().map(Attribute::dataType).toList()));
      Map<ExprId, MutableValue> places = new HashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        places.put(columns.get(i).exprId(), values.values()[i]);
      }
      result =
          new SpecificInternalRow(
              results.stream().map(it -> places.get(it.exprId())).toArray(MutableValue[]::new));
      List<Attribute> input = new ArrayList<>(below);
      input.addAll(columns);
      int first = 0;
      for (List<NamedExpression> step : steps) {
        projections.add(
            projection(step, input).target(new SpecificInternalRow(values(first, step.size()))));
        first += step.size();
      }
    }

    private MutableValue[] values(int first, int count) {
      return Arrays.copyOfRange(values.values(), first, first + count);
    }

    @Override
    public boolean hasNext() {
      return source.hasNext();
    }

    @Override
    public InternalRow next() {
      InternalRow row = known.apply(source.next(), values);
      projections.forEach(it -> it.apply(row));
      return result;
    }
  }

  private static MutableProjection projection(List<NamedExpression> step, List<Attribute> input) {
    return MutableProjection$.MODULE$.create(
        seq(step.stream().map(it -> (Expression) it).toList()), seq(input));
  }

  private static <T> List<T> list(Seq<T> items) {
    return CollectionConverters.asJava(items);
  }

  private static <T> Seq<T> seq(List<T> items) {
    return CollectionConverters.asScala(items).toSeq();
  }
}
