package io.karat.input;

import io.karat.run.InputException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.GlobExpander;
import org.apache.hadoop.fs.GlobPattern;
import org.apache.hadoop.fs.Path;

/**
 * Listing of the files of an input, each once, whichever way it is reached. Folders are followed to
 * any depth. Hidden and temporary files are passed over, by Spark's rule.
 */
final class FileListing {
  private static final GlobPattern ANY = new GlobPattern("*");

  private final String table;
  private final Configuration hadoop;
  private final String names;
  private final TableFolders tables;
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
    this.tables = new TableFolders(table);
  }

  /**
   * Lists the files at a path.
   *
   * @throws InputException if it does not exist or holds no file, if a link in it leads nowhere, or
   *     if it is part of a table whose log says which files count
   */
  void add(String path) {
    Path named = named(path);
    try {
      FileSystem fileSystem = named.getFileSystem(hadoop);
      // The folder in which the command runs is an empty path to Hadoop.
      Path whole = named.toString().isEmpty() ? fileSystem.getWorkingDirectory() : named;
      Path pattern = PathPattern.of(fileSystem, whole);
      Path literal = fileSystem.makeQualified(whole);
      refuseDeadLinks(fileSystem, pattern);
      FileStatus[] roots = PathPattern.roots(fileSystem, pattern);
      if (roots.length == 0) {
        throw missing(path);
      }

      boolean isPattern = Arrays.stream(roots).noneMatch(root -> root.getPath().equals(literal));
      found = 0;
      passedOver = 0;
      Arrays.sort(roots, Comparator.comparing(root -> root.getPath().toString()));
      for (FileStatus root : roots) {
        if (!isPattern || !isHidden(root.getPath().getName())) {
          tables.refuseAbove(fileSystem, root.getPath());
          collect(fileSystem, root, Map.of(), PartitionFolders.above(root), new HashSet<>());
        }
      }
      if (found == 0) {
        throw empty(path);
      }
    } catch (FileNotFoundException gone) {
      throw missing(path);
    } catch (IllegalArgumentException failure) {
      if (failure.getCause() instanceof URISyntaxException name) {
        // Patterns of Hadoop end at a name with a colon.
        throw colon(name.getInput());
      }
      throw failure;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private Path named(String path) {
    try {
      return new Path(path);
    } catch (IllegalArgumentException noPath) {
      throw new InputException(
          "Input '%s' cannot be read: '%s' is no path, as what stands before its colon would be a scheme like 'file:'. Expected a path, or a URI such as 'file:///data/sales'. Rename it, or correct 'inputs.%s'."
              .formatted(table, path, Source.pathKey(table)),
          noPath);
    }
  }

  /** Hadoop lists such a file on a local disk, and cannot open it. */
  private void refuseColon(Path file) {
    if (file.getName().indexOf(':') >= 0 && "file".equals(file.toUri().getScheme())) {
      throw colon(file.toUri().getPath());
    }
  }

  private InputException colon(String name) {
    return new InputException(
        "Input '%s' cannot be read: the name of '%s' holds a colon, with which no file on a local disk can be opened. Expected a name without one. Rename it, or leave it out of 'inputs.%s'."
            .formatted(table, name, Source.pathKey(table)));
  }

  /** The files so far, in the order of their paths. */
  List<SourceFile> files() {
    return files.values().stream().sorted(Comparator.comparing(SourceFile::path)).toList();
  }

  private InputException missing(String path) {
    return new InputException(
        "Input '%s' is missing: path '%s' does not exist%s%s. Correct 'inputs.%s'."
            .formatted(
                table,
                path,
                PathPattern.mayBe(path) ? ", and as a pattern matches nothing" : "",
                lookedFor(path),
                Source.pathKey(table)));
  }

  private InputException empty(String path) {
    if (passedOver > 0) {
      return new InputException(
          "Input '%s' is empty: no name below path '%s' matches '%s'. Correct 'inputs.%s.options.pathGlobFilter'."
              .formatted(table, path, names, table));
    }

    return new InputException(
        "Input '%s' is empty: path '%s' holds no file%s. Deliver the files, or correct the path."
            .formatted(table, path, lookedFor(path)));
  }

  /** Names the place to which a relative path leads. */
  private String lookedFor(String path) {
    Path relative = new Path(path);
    if (relative.isAbsolute()) {
      return "";
    }

    try {
      Path place = relative.getFileSystem(hadoop).makeQualified(relative);
      boolean isLocal = place.toUri().getScheme().equals("file");
      return " (looked for %s)".formatted(isLocal ? place.toUri().getPath() : place);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
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
        refuseColon(status.getPath());
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
    tables.refuse(fileSystem, status.getPath(), children);
    refuseDeadLinks(status.getPath(), ANY);
    for (FileStatus child : children) {
      String name = child.getPath().getName();
      if (!isHidden(name)) {
        Map<String, String> values = new LinkedHashMap<>(inner);
        if (child.isDirectory()) {
          PartitionFolders.add(name, values);
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
        FileStatus[] folders = PathPattern.roots(fileSystem, part.getParent());
        GlobPattern name = new GlobPattern(part.getName());
        for (FileStatus folder : folders) {
          if (name.hasWildcard() && folder.isDirectory()) {
            refuseDeadLinks(folder.getPath(), name);
          } else {
            Path file = new Path(folder.getPath(), new Path(null, null, part.getName()));
            refuseDeadLink(local(file).orElseThrow());
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
}
