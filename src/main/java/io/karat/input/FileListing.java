package io.karat.input;

import io.karat.run.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/**
 * Listing of the files of an input, each once, whichever way it is reached. Folders are followed to
 * any depth. Hidden and temporary files are passed over, by Spark's rule.
 */
final class FileListing {
  private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";
  private static final Map<String, String> TABLE_LOGS =
      new TreeMap<>(
          Map.of(
              "_delta_log", "a Delta table",
              ".hoodie", "a Hudi table",
              "_spark_metadata", "the output of a streaming query"));

  /** Hive's folders of one transaction; the metastore knows which of them count. */
  private static final Pattern TRANSACTION =
      Pattern.compile("(base|delta|delete_delta)_\\d{7,}(_\\d+)*(_v\\d+)?");

  private static final GlobPattern ANY = new GlobPattern("*");

  private final String table;
  private final Configuration hadoop;
  private final String names;
  private final Map<String, SourceFile> files = new TreeMap<>();
  private int found;
  private int passedOver;

  /**
   * An empty listing.
   *
   * @param table the input, for messages
   * @param names the pattern of names to list; all if empty
   */
  FileListing(String table, Optional<String> names, Configuration hadoop) {
    this.table = table;
    this.hadoop = hadoop;
    this.names = names.orElse("*");
  }

  /**
   * Lists the files at a path.
   *
   * @throws InputException if it does not exist or holds no file, if a link in it leads nowhere, or
   *     if it is part of a table whose log says which files count
   */
  void add(String path) {
    Path pattern = new Path(path);
    try {
      FileSystem fileSystem = pattern.getFileSystem(hadoop);
      refuseDeadLinks(fileSystem, pattern);
      FileStatus[] roots = fileSystem.globStatus(pattern);
      if (roots == null || roots.length == 0) {
        throw missing(path);
      }

      boolean isPattern = Arrays.stream(roots).noneMatch(root -> isAt(root, pattern, fileSystem));
      found = 0;
      passedOver = 0;
      Arrays.sort(roots, Comparator.comparing(root -> root.getPath().toString()));
      for (FileStatus root : roots) {
        if (!isPattern || !isHidden(root.getPath().getName())) {
          refuseTableAbove(fileSystem, root.getPath());
          collect(fileSystem, root, Map.of(), values(root), new HashSet<>());
        }
      }
      if (found == 0) {
        throw empty(path);
      }
    } catch (FileNotFoundException gone) {
      throw missing(path);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** The files so far, in the order of their paths. */
  List<SourceFile> files() {
    return files.values().stream().sorted(Comparator.comparing(SourceFile::path)).toList();
  }

  private static boolean isAt(FileStatus root, Path pattern, FileSystem fileSystem) {
    return root.getPath().equals(fileSystem.makeQualified(pattern));
  }

  private InputException missing(String path) {
    return new InputException(
        "Input '%s' is missing: path '%s' does not exist. Correct 'inputs.%s.path'."
            .formatted(table, path, table));
  }

  private InputException empty(String path) {
    if (passedOver > 0) {
      return new InputException(
          "Input '%s' is empty: no name below path '%s' matches '%s'. Correct 'inputs.%s.options.pathGlobFilter'."
              .formatted(table, path, names, table));
    }

    return new InputException(
        "Input '%s' is empty: path '%s' holds no file. Deliver the files, or correct the path."
            .formatted(table, path));
  }

  private void collect(
      FileSystem fileSystem,
      FileStatus status,
      Map<String, String> inner,
      Map<String, String> outer,
      Set<String> above)
      throws IOException {
    if (status.isFile()) {
      if (new GlobPattern(names).matches(status.getPath().getName())) {
        found++;
        files.merge(
            place(status.getPath()), new SourceFile(status, inner, outer), FileListing::nearer);
      } else {
        passedOver++;
      }
      return;
    }

    String place = place(status.getPath());
    if (!above.add(place)) {
      // A link to a folder above: its files are reached without it.
      return;
    }

    FileStatus[] children = fileSystem.listStatus(status.getPath());
    refuseTable(fileSystem, status.getPath(), children);
    refuseDeadLinks(status.getPath(), ANY);
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (!isHidden(name)) {
        Map<String, String> values = new LinkedHashMap<>(inner);
        if (child.isDirectory()) {
          value(name, values);
        }
        collect(fileSystem, child, values, outer, above);
      }
    }
    above.remove(place);
  }

  /** Of two ways to a file, the one without links, then the one whose folders state more. */
  private static SourceFile nearer(SourceFile one, SourceFile other) {
    return Stream.of(one, other)
        .min(
            Comparator.comparing((SourceFile file) -> !isReal(file.status().getPath()))
                .thenComparing(file -> -file.folders().size())
                .thenComparing(SourceFile::path))
        .orElseThrow();
  }

  private static boolean isReal(Path path) {
    try {
      return local(path).isEmpty()
          || local(path).get().toRealPath().equals(local(path).get().toAbsolutePath());
    } catch (IOException gone) {
      return false;
    }
  }

  /** The rule of Spark: a name such as _SUCCESS is hidden, a partition such as _day=1 is not. */
  private static boolean isHidden(String name) {
    return name.startsWith(".")
        || (name.startsWith("_") && !name.contains("="))
        || name.endsWith("._COPYING_");
  }

  /** The values that the folders of a path state. */
  private static Map<String, String> values(FileStatus root) {
    Map<String, String> values = new LinkedHashMap<>();
    Path folder = root.isDirectory() ? root.getPath() : root.getPath().getParent();
    List<String> names = new ArrayList<>();
    for (Path path = folder; path != null && !path.isRoot(); path = path.getParent()) {
      names.add(0, path.getName());
    }
    names.forEach(name -> value(name, values));
    return values;
  }

  /** Adds the value of a folder, text as written; nothing if it states none. */
  private static void value(String folder, Map<String, String> values) {
    int equals = folder.indexOf('=');
    if (equals > 0) {
      String value = decoded(folder.substring(equals + 1));
      values.put(decoded(folder.substring(0, equals)), value.equals(NO_VALUE) ? null : value);
    }
  }

  /** Percent signs with two digits are bytes of UTF-8; a text that they do not make stays. */
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }

    byte[] written = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(written.length);
    for (int i = 0; i < written.length; i++) {
      int high = i + 2 < written.length ? Character.digit(written[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(written[i + 2], 16);
      if (written[i] == '%' && low >= 0) {
        bytes.put((byte) (high * 16 + low));
        i += 2;
      } else {
        bytes.put(written[i]);
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException other) {
      return text;
    }
  }

  private void refuseTableAbove(FileSystem fileSystem, Path root) throws IOException {
    if (TRANSACTION.matcher(root.getName()).matches()) {
      throw ofHive(root);
    }
    for (Path folder = root.getParent(); folder != null; folder = folder.getParent()) {
      for (Map.Entry<String, String> log : TABLE_LOGS.entrySet()) {
        if (isFolder(fileSystem, new Path(folder, log.getKey()))) {
          throw ofTable(folder, log.getValue(), log.getKey());
        }
      }
      if (TRANSACTION.matcher(folder.getName()).matches()) {
        throw ofHive(folder);
      }
      Path metadata = new Path(folder, "metadata");
      if (isFolder(fileSystem, metadata) && isIceberg(fileSystem, metadata)) {
        throw ofTable(folder, "an Iceberg table", "metadata");
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

  private void refuseTable(FileSystem fileSystem, Path folder, FileStatus[] children)
      throws IOException {
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (child.isDirectory() && TRANSACTION.matcher(name).matches()) {
        throw ofHive(child.getPath());
      }
      if (child.isDirectory() && TABLE_LOGS.containsKey(name)) {
        throw ofTable(folder, TABLE_LOGS.get(name), name);
      }
      if (child.isDirectory()
          && name.equals("metadata")
          && isIceberg(fileSystem, child.getPath())) {
        throw ofTable(folder, "an Iceberg table", name);
      }
    }
  }

  private static boolean isIceberg(FileSystem fileSystem, Path metadata) throws IOException {
    return Arrays.stream(fileSystem.listStatus(metadata))
        .map(file -> file.getPath().getName())
        .anyMatch(name -> name.endsWith(".metadata.json") || name.equals("version-hint.text"));
  }

  private InputException ofHive(Path folder) {
    return new InputException(
        "Input '%s' cannot be read as plain files: '%s' is part of a transactional table of Hive, whose metastore says which files count. Export the rows that count to plain files, and name their folder under 'inputs.%s.path'."
            .formatted(table, shown(folder), table));
  }

  private InputException ofTable(Path folder, String kind, String log) {
    return new InputException(
        "Input '%s' cannot be read as plain files: '%s' is %s, whose log '%s' says which files count. Export the rows that count to plain files, and name their folder under 'inputs.%s.path'."
            .formatted(table, shown(folder), kind, log, table));
  }

  /**
   * Hadoop passes over links that lead nowhere, which a delivery that is not there looks like.
   * Those that a pattern matches are looked for at each of its levels.
   */
  private void refuseDeadLinks(FileSystem fileSystem, Path path) throws IOException {
    if (local(fileSystem.makeQualified(path)).isEmpty()) {
      return;
    }

    for (String pattern : GlobExpander.expand(path.toString())) {
      Path whole = fileSystem.makeQualified(new Path(pattern));
      for (Path part = whole; part.getParent() != null; part = part.getParent()) {
        FileStatus[] folders = fileSystem.globStatus(part.getParent());
        GlobPattern name = new GlobPattern(part.getName());
        for (FileStatus folder : folders == null ? new FileStatus[0] : folders) {
          if (name.hasWildcard() && folder.isDirectory()) {
            refuseDeadLinks(folder.getPath(), name);
          } else {
            refuseDeadLink(local(new Path(folder.getPath(), part.getName())).orElseThrow());
          }
        }
      }
    }
  }

  private void refuseDeadLinks(Path folder, GlobPattern name) throws IOException {
    Optional<java.nio.file.Path> local = local(folder);
    if (local.isEmpty()) {
      return;
    }

    try (DirectoryStream<java.nio.file.Path> entries = Files.newDirectoryStream(local.get())) {
      for (java.nio.file.Path entry : entries) {
        String entryName = entry.getFileName().toString();
        if (!isHidden(entryName) && name.matches(entryName)) {
          refuseDeadLink(entry);
        }
      }
    }
  }

  private void refuseDeadLink(java.nio.file.Path path) {
    if (Files.isSymbolicLink(path) && !Files.exists(path)) {
      throw new InputException(
          "Input '%s' is incomplete: '%s' is a link that leads nowhere. Deliver the file, or remove the link."
              .formatted(table, path));
    }
  }

  /** One name for a file or folder, however it is reached. */
  private static String place(Path path) throws IOException {
    Optional<java.nio.file.Path> local = local(path);
    return local.isPresent() ? local.get().toRealPath().toUri().toString() : path.toString();
  }

  private static Optional<java.nio.file.Path> local(Path path) {
    URI uri = path.toUri();
    return "file".equals(uri.getScheme())
        ? Optional.of(java.nio.file.Path.of(uri.getPath()))
        : Optional.empty();
  }

  private static String shown(Path path) {
    return path.toString().replaceFirst("^file:/+", "/");
  }
}
