package io.karat.input;

import io.karat.run.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * Folders of tables whose log, or metastore, says which of their files count, so that they cannot
 * be read as plain files.
 */
final class TableFolders {
  private static final String METADATA = "metadata";
  private static final Map<String, String> LOGS =
      new TreeMap<>(
          Map.of(
              "_delta_log", "a Delta table",
              ".hoodie", "a Hudi table",
              "_spark_metadata", "the output of a streaming query"));

  /** Folders of such a name are of a table if they hold a file of such a name. */
  private static final Map<String, Log> HOLDING =
      new TreeMap<>(
          Map.of(
              METADATA,
              new Log("an Iceberg table", ".+\\.metadata\\.json|version-hint\\.text"),
              "snapshot",
              new Log("a Paimon table", "snapshot-\\d+")));

  /** The formats of the tables that can be inputs, by the folder that shows what they are. */
  private static final Map<String, String> READABLE =
      Map.of("_delta_log", DeltaTable.FORMAT, METADATA, IcebergTable.FORMAT);

  private static final String EXPORT =
      "Export the rows that count to plain files, and name their folder";

  /** Hive's folders of one transaction; the metastore knows which of them count. */
  private static final Pattern TRANSACTION =
      Pattern.compile("(base|delta|delete_delta)_\\d{7,}(_\\d+)*(_v\\d+)?");

  /**
   * Log of a table.
   *
   * @param table what it is of
   * @param file the names of its files
   */
  private record Log(String table, Pattern file) {
    Log(String table, String file) {
      this(table, Pattern.compile(file));
    }
  }

  private final String table;
  private final Set<Path> plain = new HashSet<>();

  /**
   * No folder has been looked at yet.
   *
   * @param table the input, for messages
   */
  TableFolders(String table) {
    this.table = table;
  }

  /**
   * Looks at the folders above a file or folder, each of them once.
   *
   * @throws InputException if one is of a table
   */
  void refuseAbove(FileSystem fileSystem, Path root) throws IOException {
    refuseTransaction(root);
    for (Path folder = root.getParent();
        folder != null && plain.add(folder);
        folder = folder.getParent()) {
      refuseTransaction(folder);
      for (Map.Entry<String, String> log : LOGS.entrySet()) {
        if (isFolder(fileSystem, new Path(folder, log.getKey()))) {
          throw ofTable(folder, log.getValue(), log.getKey());
        }
      }
      for (Map.Entry<String, Log> log : HOLDING.entrySet()) {
        Path logs = new Path(folder, log.getKey());
        if (isFolder(fileSystem, logs) && holds(fileSystem, logs, log.getValue())) {
          throw ofTable(folder, log.getValue().table(), log.getKey());
        }
      }
    }
  }

  /**
   * Looks at what a folder holds.
   *
   * @throws InputException if it is of a table
   */
  void refuse(FileSystem fileSystem, Path folder, FileStatus[] children) throws IOException {
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (child.isDirectory()) {
        refuseTransaction(child.getPath());
        if (LOGS.containsKey(name)) {
          throw ofTable(folder, LOGS.get(name), name);
        }
        Log log = HOLDING.get(name);
        if (log != null && holds(fileSystem, child.getPath(), log)) {
          throw ofTable(folder, log.table(), name);
        }
      }
    }
  }

  /** Whether there is such a folder; one that may not be seen is taken as absent. */
  private static boolean isFolder(FileSystem fileSystem, Path path) throws IOException {
    try {
      return fileSystem.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException | AccessControlException | AccessDeniedException unseen) {
      return false;
    }
  }

  private static boolean holds(FileSystem fileSystem, Path folder, Log log) throws IOException {
    return Arrays.stream(fileSystem.listStatus(folder))
        .anyMatch(file -> log.file().matcher(file.getPath().getName()).matches());
  }

  private void refuseTransaction(Path folder) {
    if (TRANSACTION.matcher(folder.getName()).matches()) {
      throw refused(
          "'%s' is part of a transactional table of Hive, whose metastore says which files count"
              .formatted(shown(folder)),
          EXPORT);
    }
  }

  private InputException ofTable(Path folder, String kind, String log) {
    return refused(
        "'%s' is %s, whose log '%s' says which files count".formatted(shown(folder), kind, log),
        READABLE.containsKey(log)
            ? "Write 'format: %s', and name the folder of the table".formatted(READABLE.get(log))
            : EXPORT);
  }

  private InputException refused(String reason, String advice) {
    return new InputException(
        "Input '%s' cannot be read as plain files: %s. %s under 'inputs.%s'."
            .formatted(table, reason, advice, Source.pathKey(table)));
  }

  private static String shown(Path path) {
    return path.toString().replaceFirst("^file:/+", "/");
  }
}
