package io.karat.engine;

import static java.util.stream.Collectors.joining;

import io.karat.ledger.Entry;
import io.karat.ledger.Merge;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SpecificInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.plans.logical.LeafNode;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Expressions over the transactions or days of a customer: compiled by Spark like those of any
 * frame, but evaluated where the transaction or day is put together.
 */
public final class EntryExpressions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Step> steps;
  private final SlotTypes types;
  private transient @Nullable SpecificInternalRow row;
  private transient @Nullable List<UnsafeProjection> projections;

  /** Projection of a frame whose columns the next one names. */
  private record Step(ArrayList<Attribute> columns, ArrayList<Expression> expressions)
      implements Serializable {
    static Step of(Project project) {
      ArrayList<Expression> expressions = new ArrayList<>();
      for (NamedExpression named : CollectionConverters.asJava(project.projectList())) {
        expressions.add(named instanceof Alias alias ? alias.child() : (Expression) named);
      }
      return new Step(
          new ArrayList<>(CollectionConverters.asJava(project.child().output())), expressions);
    }

    List<DataType> types() {
      return expressions.stream().map(Expression::dataType).toList();
    }

    UnsafeProjection projection() {
      return UnsafeProjection.create(seq(expressions), seq(columns));
    }
  }

  private EntryExpressions(List<Step> steps, SlotTypes types) {
    this.steps = new ArrayList<>(steps);
    this.types = types;
  }

  /** No expressions. */
  public static EntryExpressions none() {
    return new EntryExpressions(List.of(), SlotTypes.of(List.of(), List.of()));
  }

  /**
   * A frame without rows, whose columns expressions name.
   *
   * @param columns the day, then the slots of an entry
   */
  public static Dataset<Row> frame(SparkSession spark, StructType columns) {
    JavaRDD<Row> none = new JavaSparkContext(spark.sparkContext()).emptyRDD();
    return spark.createDataFrame(none, columns);
  }

  /**
   * The columns that are selected from such a frame.
   *
   * @param merges the merge functions of the parts that they are
   */
  public static EntryExpressions of(Dataset<Row> selected, List<Merge> merges) {
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) selected).queryExecution().optimizedPlan();
    List<Step> steps = new ArrayList<>();
    while (plan instanceof Project project) {
      steps.add(0, Step.of(project));
      plan = project.child();
    }
    if (steps.isEmpty() || !(plan instanceof LeafNode)) {
      throw new IllegalStateException("Expected projections of one frame: " + plan);
    }

    return new EntryExpressions(steps, SlotTypes.of(steps.get(steps.size() - 1).types(), merges));
  }

  SlotTypes types() {
    return types;
  }

  /** The expressions as text. */
  String text() {
    return steps.stream()
        .map(step -> PlanText.of(step.expressions()))
        .collect(joining("\n", types.text() + "\n", ""));
  }

  /**
   * Computes the values of an entry.
   *
   * @param from the entry whose slots from {@code first} on are the columns after the day
   * @param to the entry whose slots from {@code at} on are set
   */
  void compute(int day, Entry from, SlotTypes fromTypes, int first, Entry to, int at) {
    if (steps.isEmpty()) {
      return;
    }

    InternalRow columns = columns();
    columns.setInt(0, day);
    for (int column = 1; column < columns.numFields(); column++) {
      fromTypes.write(from, first + column - 1, columns, column);
    }
    compute(to, at);
  }

  /** The columns of the frame, to be set before each {@link #compute(Entry, int)}. */
  InternalRow columns() {
    if (row == null) {
      row = new SpecificInternalRow(seq(columnTypes()));
    }
    return row;
  }

  /** Computes the values of an entry from {@link #columns}. */
  void compute(Entry to, int at) {
    InternalRow values = columns();
    for (UnsafeProjection projection : projections()) {
      values = projection.apply(values);
    }
    for (int slot = 0; slot < types.size(); slot++) {
      types.read(values, slot, to, at + slot, slot);
    }
  }

  /** The projections, compiled by the task that needs them first. */
  private List<UnsafeProjection> projections() {
    if (projections == null) {
      projections = steps.stream().map(Step::projection).toList();
    }
    return projections;
  }

  private static <T> Seq<T> seq(List<T> items) {
    return CollectionConverters.<T>asScala(items).toSeq();
  }

  private List<DataType> columnTypes() {
    return steps.get(0).columns().stream().map(Attribute::dataType).toList();
  }
}
