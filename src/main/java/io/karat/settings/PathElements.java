package io.karat.settings;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The elements of a path or glob from the root of its file system, for comparison: on this machine
 * absolute, and without links as far as the path exists.
 */
record PathElements(List<String> all) {
  private static final Pattern OTHER_SYSTEM =
      Pattern.compile("(?!file:)[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern DAY = Pattern.compile("\\{(as_of|latest)}");
  private static final Pattern WILD = Pattern.compile(".*[*?\\[{].*");

  static PathElements of(String path) {
    String glob = DAY.matcher(path).replaceAll("*");
    if (OTHER_SYSTEM.matcher(glob).matches()) {
      return new PathElements(elements(glob.replaceAll("/+", "/")));
    }

    String local = glob.replaceFirst("^file:/*(?=/)", "");
    List<String> fixed = new ArrayList<>(List.of(local.startsWith("/") ? "/" : "."));
    List<String> rest = new ArrayList<>(elements(local));
    while (!rest.isEmpty() && !WILD.matcher(rest.get(0)).matches()) {
      fixed.add(rest.remove(0));
    }
    List<String> all = new ArrayList<>(elements(real(String.join("/", fixed)).toString()));
    all.addAll(rest);
    return new PathElements(all);
  }

  private static List<String> elements(String path) {
    return Arrays.stream(path.split("/")).filter(it -> !it.isEmpty() && !it.equals(".")).toList();
  }

  /** The path without links; what does not exist yet stays as it is. */
  private static Path real(String path) {
    Path absolute = Path.of(path).toAbsolutePath().normalize();
    for (Path above = absolute; above != null; above = above.getParent()) {
      try {
        return above.toRealPath().resolve(above.relativize(absolute));
      } catch (IOException isNotThere) {
        // The folder above may be.
      }
    }
    return absolute;
  }

  /** Whether this is {@code folder}, matches it as a glob, or lies in it. */
  boolean isIn(PathElements folder) {
    if (folder.all.size() > all.size()) {
      return false;
    }

    for (int i = 0; i < folder.all.size(); i++) {
      if (!matches(all.get(i), folder.all.get(i)) && !matches(folder.all.get(i), all.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether this lies in {@code folder} without a wildcard. */
  boolean startsWith(PathElements folder) {
    return all.size() >= folder.all.size() && all.subList(0, folder.all.size()).equals(folder.all);
  }

  /** Whether this lies in something of these names in {@code folder}, or matches it as a glob. */
  boolean reaches(PathElements folder, List<String> names) {
    return isIn(folder) && names.stream().anyMatch(name -> matches(name, below(folder)));
  }

  /** The elements of a path in the folder that this is. */
  PathElements within(String path) {
    return new PathElements(Stream.concat(all.stream(), elements(path).stream()).toList());
  }

  /** The first element below {@code folder}, in which this lies; empty if it is the folder. */
  String below(PathElements folder) {
    return all.size() == folder.all.size() ? "" : all.get(folder.all.size());
  }

  private static boolean matches(String name, String glob) {
    if (name.equals(glob) || !WILD.matcher(glob).matches()) {
      return name.equals(glob);
    }

    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
    } catch (PatternSyntaxException ofHadoop) {
      return false;
    }
  }
}
