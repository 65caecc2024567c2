package io.karat.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Storage of an output folder on this machine. A file is created exclusively by linking a finished
 * one to its name, so that no reader sees half of it. It does not use Hadoop, which would add
 * checksum files.
 */
record LocalStorage(Path root) implements Storage {
  static LocalStorage at(String folder) {
    return new LocalStorage(Path.of(folder).toAbsolutePath().normalize());
  }

  @Override
  public String location(String path) {
    return "file:" + root.resolve(path);
  }

  @Override
  public boolean create(String file, String text) throws IOException {
    Path target = root.resolve(file);
    Path finished = write(target, text);
    try {
      // Decides between two writers: a link fails if the name is taken.
      Files.createLink(target, finished);
      synchronize(parent(target));
      return true;
    } catch (FileAlreadyExistsException taken) {
      return Files.isSameFile(target, finished);
    } finally {
      Files.delete(finished);
    }
  }

  @Override
  public void replace(String file, String text) throws IOException {
    Path target = root.resolve(file);
    Files.move(write(target, text), target, StandardCopyOption.ATOMIC_MOVE);
    synchronize(parent(target));
  }

  @Override
  public Optional<String> read(String file) throws IOException {
    try {
      return Optional.of(Files.readString(root.resolve(file)));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  @Override
  public List<String> names(String folder) throws IOException {
    try (Stream<Path> paths = Files.list(root.resolve(folder))) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> !Storage.isHidden(name))
          .sorted()
          .toList();
    } catch (NoSuchFileException missing) {
      return List.of();
    }
  }

  @Override
  public SortedMap<String, Long> files(String folder) throws IOException {
    Path start = root.resolve(folder);
    SortedMap<String, Long> sizes = new TreeMap<>();
    if (Files.isDirectory(start)) {
      Files.walkFileTree(start, new Sizes(start, sizes));
    }

    return sizes;
  }

  @Override
  public void move(String folder, String target) throws IOException {
    Path moved = root.resolve(target);
    Files.createDirectories(parent(moved));
    Files.move(root.resolve(folder), moved);
    synchronize(parent(moved));
  }

  @Override
  public void delete(String path) throws IOException {
    Path start = root.resolve(path);
    if (Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
      Files.walkFileTree(start, new Deletion());
    }
  }

  @Override
  public Optional<String> obstacle() {
    Path existing =
        Stream.iterate(root, LocalStorage::parent).filter(Files::exists).findFirst().orElseThrow();
    if (!Files.isDirectory(existing)) {
      return Optional.of("'%s' is not a folder".formatted(existing));
    }
    return Files.isWritable(existing)
        ? Optional.empty()
        : Optional.of("this user may not write to '%s'".formatted(existing));
  }

  @Override
  public void place(String file, String target) throws IOException {
    Path placed = root.resolve(target);
    Files.createDirectories(parent(placed));
    Files.createLink(placed, root.resolve(file));
  }

  @Override
  public void flush(String folder) throws IOException {
    Path start = root.resolve(folder);
    if (Files.isDirectory(start)) {
      Files.walkFileTree(start, new Flush());
    }
  }

  @Override
  public void point(String link, String target) throws IOException {
    Path name = root.resolve(link);
    Path prepared = unfinished(name);
    Files.createSymbolicLink(prepared, Path.of(target));
    Files.move(prepared, name, StandardCopyOption.ATOMIC_MOVE);
    synchronize(root);
  }

  @Override
  public boolean pointsTo(String link, String target) throws IOException {
    Path name = root.resolve(link);
    return Files.isSymbolicLink(name) && Files.readSymbolicLink(name).equals(Path.of(target));
  }

  private static Path write(Path target, String text) throws IOException {
    Files.createDirectories(parent(target));
    Path finished = unfinished(target);
    try (FileChannel channel =
        FileChannel.open(finished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }

    return finished;
  }

  private static Path unfinished(Path target) {
    return target.resolveSibling(".%s.%s".formatted(target.getFileName(), UUID.randomUUID()));
  }

  private static Path parent(Path path) {
    return path.resolveSibling("");
  }

  /** Flushes a file or folder; a new name is on disk only after its folder is flushed. */
  private static void synchronize(Path path) throws IOException {
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
      synchronize(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException problem) throws IOException {
      synchronize(folder);
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
