package io.karat.publishing;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Links between files of this machine, whose file systems need not have any. */
final class FileLinks {
  /**
   * The reasons that Linux gives for a link that cannot be: on a file system that has none, such as
   * FAT, to another mount, or one too many.
   */
  private static final Set<String> NO_LINKS =
      Set.of(
          "Operation not permitted",
          "Operation not supported",
          "Function not implemented",
          "Invalid cross-device link",
          "Too many links");

  private FileLinks() {}

  /** The making of a link. */
  private interface Attempt {
    void make() throws IOException;
  }

  /**
   * Gives a file a further name.
   *
   * @return false if there can be no link
   */
  static boolean link(Path name, Path file) throws IOException {
    return isMade(() -> Files.createLink(name, file));
  }

  /**
   * Makes a symbolic link.
   *
   * @return false if there can be no link
   */
  static boolean point(Path link, Path target) throws IOException {
    return isMade(() -> Files.createSymbolicLink(link, target));
  }

  private static boolean isMade(Attempt attempt) throws IOException {
    try {
      attempt.make();
      return true;
    } catch (UnsupportedOperationException unlinkable) {
      return false;
    } catch (FileSystemException refused) {
      if (NO_LINKS.contains(String.valueOf(refused.getReason()))) {
        return false;
      }
      throw refused;
    }
  }
}
