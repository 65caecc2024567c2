package io.karat.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.engine.FileColumn;
import io.karat.engine.FileColumn.Reading;
import io.karat.engine.FileLayout;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** Tests that layouts of files are the same to the next night. */
class FileLayoutsTest {
  private static final FileColumn WHO =
      new FileColumn("who", DataTypes.StringType, Reading.PLAIN, "string");
  private static final FileLayout ROWS = layout(OptionalLong.of(7), true, WHO);
  private static final FileLayout MORE = layout(OptionalLong.of(8), true, WHO);
  private static final FileLayout UNKNOWN = layout(OptionalLong.empty(), false, WHO);
  private static final FileLayout WIDE =
      layout(
          OptionalLong.of(0),
          true,
          new FileColumn("at \"x\"", DataTypes.LongType, Reading.NANOSECONDS, "nanoseconds"),
          new FileColumn("wall", DataTypes.LongType, Reading.LOCAL_NANOSECONDS, "nanoseconds"),
          new FileColumn("id", DataTypes.BinaryType, Reading.UUID, "uuid"),
          new FileColumn("odd", DataTypes.NullType, Reading.UNREADABLE, "INTERVAL (FIXED)"),
          new FileColumn(
              "tree",
              DataType.fromDDL("a ARRAY<STRUCT<b: DECIMAL(38,6), c: MAP<STRING, TIMESTAMP_NTZ>>>"),
              Reading.PLAIN,
              "a tree"));

  private static FileLayout layout(OptionalLong rows, boolean isBatched, FileColumn... columns) {
    return new FileLayout(List.of(columns), rows, isBatched);
  }

  @Test
  void everyLayoutIsReadAsItWasWritten() {
    FileLayouts layouts = new FileLayouts("reader", List.of(ROWS, WIDE, MORE, UNKNOWN, ROWS));

    assertEquals(layouts, writtenAndRead(layouts));
    assertEquals(new FileLayouts("", List.of()), writtenAndRead(new FileLayouts("", List.of())));
  }

  /** The first file is gone, and the others have moved up. */
  @Test
  void unchangedFilesHaveTheLayoutThatTheyHad() {
    FileLayouts layouts = new FileLayouts("reader", List.of(ROWS, WIDE, MORE));
    SortedMap<Integer, Integer> unchanged = new TreeMap<>();
    unchanged.put(1, 0);
    unchanged.put(2, 1);
    SortedMap<Integer, FileLayout> known = new TreeMap<>();
    known.put(0, WIDE);
    known.put(1, MORE);

    assertEquals(known, layouts.of("reader", unchanged));
    assertEquals(new TreeMap<>(), layouts.of("another", unchanged));
    assertEquals(new TreeMap<>(), new FileLayouts("reader", List.of()).of("reader", unchanged));
  }

  private static FileLayouts writtenAndRead(FileLayouts layouts) {
    SortedMap<String, InputState> inputs = new TreeMap<>();
    inputs.put("payments", new InputState("d", Optional.empty(), List.of(), layouts, List.of()));
    NightState state = new NightState(LocalDate.EPOCH, "", new TreeMap<>(), inputs, List.of(), 1);
    return NightState.parse(state.json()).orElseThrow().inputs().values().stream()
        .map(InputState::layouts)
        .findFirst()
        .orElseThrow();
  }
}
