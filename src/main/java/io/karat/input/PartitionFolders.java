package io.karat.input;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Folders named {@code column=value}, which state a value for the rows of all files below them. */
final class PartitionFolders {
  private static final String NO_VALUE = "__HIVE_DEFAULT_PARTITION__";

  private PartitionFolders() {}

  /** The values that the folders of a path state, the outermost first. */
  static Map<String, String> above(FileStatus root) {
    Map<String, String> values = new LinkedHashMap<>();
    Path folder = root.isDirectory() ? root.getPath() : root.getPath().getParent();
    List<String> names = new ArrayList<>();
    for (Path path = folder; path != null && !path.isRoot(); path = path.getParent()) {
      names.add(0, path.getName());
    }
    names.forEach(name -> add(name, values));
    return values;
  }

  /** Adds the value of a folder, text as written; nothing if it states none. */
  static void add(String folder, Map<String, String> values) {
    int equals = folder.indexOf('=');
    if (equals > 0) {
      String value = decoded(folder.substring(equals + 1));
      values.put(decoded(folder.substring(0, equals)), value.equals(NO_VALUE) ? null : value);
    }
  }

  /** Percent signs with two digits are bytes of UTF-8; a text that they do not make stays. */
  private static String decoded(String text) {
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
}
