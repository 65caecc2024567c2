package io.karat.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.run.Umask;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Storage of an output folder on this machine. A file is created exclusively by linking a finished
 * one to its name, so that no reader sees half of it. It does not use Hadoop, which would add
 * checksum files.
 */
record LocalStorage(Path root, Umask umask) implements Storage {
  /** The folders on file systems that turned out to have no links. */
  private static final Set<Path> WITHOUT_LINKS = ConcurrentHashMap.newKeySet();

  private static final Set<OpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  static LocalStorage at(String folder, Umask umask) {
    return new LocalStorage(Path.of(folder).toAbsolutePath().normalize(), umask);
  }

  @Override
  public String location(String path) {
    return "file:" + root.resolve(path);
  }

  @Override
  public boolean create(String file, String text) throws IOException {
    Path target = root.resolve(file);
    Path finished = write(target, List.of(text).iterator());
    try {
      // Decides between two writers: a link fails if the name is taken.
      if (!FileLinks.link(target, finished)) {
        return createWithoutLink(target, finished);
      }
      FileTree.flush(parent(target));
      return true;
    } catch (FileAlreadyExistsException taken) {
      return Files.isSameFile(target, finished);
    } finally {
      Files.deleteIfExists(finished);
    }
  }

  /**
   * Gives a finished file its name where the file system has no links: the lock of a file, which
   * ends with its process, decides between two writers.
   */
  static synchronized boolean createWithoutLink(Path target, Path finished) throws IOException {
    Path turn = target.resolveSibling(".turn");
    try (FileChannel channel =
            FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
      FileTree.flush(parent(target));
      return true;
    }
  }

  @Override
  public void replace(String file, Iterator<String> pieces) throws IOException {
    Path target = root.resolve(file);
    Files.move(write(target, pieces), target, StandardCopyOption.ATOMIC_MOVE);
    FileTree.flush(parent(target));
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
    return names(folder, Files::isRegularFile);
  }

  @Override
  public List<String> folders(String folder) throws IOException {
    return names(folder, Files::isDirectory);
  }

  private List<String> names(String folder, Predicate<Path> kind) throws IOException {
    try (Stream<Path> paths = Files.list(root.resolve(folder))) {
      return paths
          .filter(kind)
          .map(path -> path.getFileName().toString())
          .filter(name -> !Storage.isHidden(name))
          .sorted()
          .toList();
    } catch (NoSuchFileException missing) {
      return List.of();
    } catch (NotDirectoryException file) {
      if (!Files.isDirectory(root)) {
        throw file;
      }
      return List.of();
    }
  }

  @Override
  public boolean isFolder(String path) {
    return Files.isDirectory(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public SortedMap<String, Long> files(String folder) throws IOException {
    return FileTree.sizes(root.resolve(folder));
  }

  @Override
  public String setAside(String path) throws IOException {
    String aside = "%s.aside-%s".formatted(path, UUID.randomUUID());
    Files.move(root.resolve(path), root.resolve(aside));
    return aside;
  }

  @Override
  public void sweep(String folder, Instant oldest) throws IOException {
    try (Stream<Path> paths = Files.list(root.resolve(folder))) {
      for (Path path : paths.filter(it -> isLeftover(it)).toList()) {
        if (Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
            .toInstant()
            .isBefore(oldest)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (NoSuchFileException nothing) {
      // No folder, or another command swept it.
    }
  }

  private static boolean isLeftover(Path path) {
    return Storage.isUnfinished(path.getFileName().toString())
        && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void delete(String path) throws IOException {
    FileTree.delete(root.resolve(path));
  }

  @Override
  public void deleteEmpty(String folder) throws IOException {
    try {
      Files.deleteIfExists(root.resolve(folder));
    } catch (DirectoryNotEmptyException used) {
      // Something else lies there.
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
  public boolean link(String file, String target) throws IOException {
    Path name = root.resolve(target);
    makeParent(name);
    return FileLinks.link(name, root.resolve(file));
  }

  @Override
  public void place(String file, String target) throws IOException {
    if (!link(file, target)) {
      Files.copy(root.resolve(file), root.resolve(target), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  @Override
  public void flush(String folder) throws IOException {
    FileTree.flushAll(root.resolve(folder));
  }

  @Override
  public void point(String link, String target) throws IOException {
    Path name = root.resolve(link);
    Path prepared = unfinished(name);
    try {
      if (FileLinks.point(prepared, Path.of(target))) {
        Files.move(prepared, name, StandardCopyOption.ATOMIC_MOVE);
        FileTree.flush(root);
      } else {
        WITHOUT_LINKS.add(root);
      }
    } finally {
      Files.deleteIfExists(prepared);
    }
  }

  @Override
  public boolean pointsTo(String link, String target) throws IOException {
    if (WITHOUT_LINKS.contains(root)) {
      return true;
    }

    Path name = root.resolve(link);
    return Files.isSymbolicLink(name) && Files.readSymbolicLink(name).equals(Path.of(target));
  }

  private Path write(Path target, Iterator<String> pieces) throws IOException {
    makeParent(target);
    Path finished = unfinished(target);
    try (FileChannel channel = FileChannel.open(finished, NEW_FILE, umask.forFiles());
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      while (pieces.hasNext()) {
        out.write(pieces.next().getBytes(UTF_8));
      }
      out.flush();
      channel.force(true);
    }

    return finished;
  }

  private void makeParent(Path path) throws IOException {
    Files.createDirectories(parent(path), umask.forFolders());
  }

  private static Path unfinished(Path target) {
    return target.resolveSibling(Storage.unfinished(target.getFileName().toString()));
  }

  private static Path parent(Path path) {
    return path.resolveSibling("");
  }
}
