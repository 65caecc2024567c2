package io.karat.publishing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/** Operations on a folder of this machine with everything below it. */
final class FileTree {
  private FileTree() {}

  /**
   * The sizes of the files in bytes, by path within the folder, which may be a link to one; none if
   * there is no folder.
   */
  static SortedMap<String, Long> sizes(Path start) throws IOException {
    SortedMap<String, Long> sizes = new TreeMap<>();
    if (Files.isDirectory(start)) {
      Path folder = start.toRealPath();
      Files.walkFileTree(folder, new Sizes(folder, sizes));
    }
    return sizes;
  }

  /** Deletes a file or folder, if it is there. */
  static void delete(Path start) throws IOException {
    if (Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(start, new Deletion());
    }
  }

  /** Flushes all files and folders below a folder, if it is there. */
  static void flushAll(Path start) throws IOException {
    if (Files.isDirectory(start)) {
      Files.walkFileTree(start, new Flush());
    }
  }

  /** Flushes a file or folder; a new name is on disk only after its folder is flushed. */
  static void flush(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Visitor that collects the sizes of files. */
  private static final class Sizes extends SimpleFileVisitor<Path> {
    private final Path start;
    private final SortedMap<String, Long> sizes;

    Sizes(Path start, SortedMap<String, Long> sizes) {
      this.start = start;
      this.sizes = sizes;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String path = start.relativize(file).toString();
      if (!Storage.isHidden(path)) {
        sizes.put(path, attributes.size());
      }

      return FileVisitResult.CONTINUE;
    }
  }

  /** Visitor that flushes files and folders. */
  private static final class Flush extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      flush(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
      flush(folder);
      return FileVisitResult.CONTINUE;
    }
  }

  /** Visitor that deletes files and folders. */
  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
