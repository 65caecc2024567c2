package io.karat.input;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Pattern of the paths of files. A folder or file whose name has the signs of a pattern, such as
 * {@code sales [old]}, is meant as it is written where it is there.
 */
final class PathPattern {
  private static final Pattern SIGNS = Pattern.compile("[*?\\[\\]{}\\\\]");

  private PathPattern() {}

  /** Whether a path may stand for others. */
  static boolean mayBe(String path) {
    return SIGNS.matcher(path).find();
  }

  /** The pattern that a path is, in which names of folders that are there stand for themselves. */
  static Path of(FileSystem fileSystem, Path path) throws IOException {
    String text = path.toString();
    if (!mayBe(text)) {
      return path;
    }

    Path whole = fileSystem.makeQualified(path);
    Path place = new Path(whole.toUri().getScheme(), whole.toUri().getAuthority(), "/");
    StringBuilder pattern = new StringBuilder();
    List<String> names = List.of(whole.toUri().getPath().substring(1).split("/", -1));
    boolean isThere = true;
    for (String name : names) {
      if (isThere && !name.isEmpty()) {
        place = new Path(place, new Path(null, null, name));
        isThere = !mayBe(name) || fileSystem.exists(place);
      }
      pattern.append('/').append(isThere ? escaped(name) : name);
    }
    return new Path(whole.toUri().getScheme(), whole.toUri().getAuthority(), pattern.toString());
  }

  /** What a pattern matches; Hadoop takes names with a colon in paths, but not in patterns. */
  static FileStatus[] roots(FileSystem fileSystem, Path pattern) throws IOException {
    if (mayBe(pattern.toString())) {
      FileStatus[] found = fileSystem.globStatus(pattern);
      return found == null ? new FileStatus[0] : found;
    }

    try {
      return new FileStatus[] {fileSystem.getFileStatus(pattern)};
    } catch (FileNotFoundException none) {
      return new FileStatus[0];
    }
  }

  private static String escaped(String name) {
    return SIGNS.matcher(name).replaceAll(sign -> "\\\\\\" + sign.group());
  }
}
