package io.karat.publishing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.run.UsageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;

/**
 * Storage of an output folder in a bucket of S3 or of a store that is compatible with it, by
 * Hadoop's connector. An object appears whole when its upload ends. A file is created exclusively
 * by an upload on the condition that there is none of its name, which the store decides.
 */
record S3Storage(FileSystem files, Path root) implements HadoopStorage {
  /**
   * The uploads that the store makes only where there is no such object. Hadoop before 3.4.2, which
   * Spark 4.0 brings, has no constant for them.
   */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  /** The header of an object that tells its writer from any other. */
  private static final String WRITER = "karat-writer";

  private static final String FENCE = ".fence";

  private static final int READS = 20;

  /** The folders on whose store a second upload of a name was seen to be refused. */
  private static final Set<Path> FENCED = ConcurrentHashMap.newKeySet();

  static S3Storage at(Path folder, Configuration hadoop) throws IOException {
    FileSystem files = folder.getFileSystem(hadoop);
    return new S3Storage(files, files.makeQualified(folder));
  }

  @Override
  public boolean create(String file, String text) throws IOException {
    if (!FENCED.contains(root)) {
      requireFence();
      FENCED.add(root);
    }
    return upload(file, text);
  }

  /**
   * Looks once a process whether the store keeps the condition, as one that does not know it
   * ignores it.
   */
  private void requireFence() throws IOException {
    if (!files.hasPathCapability(root, CONDITIONAL)) {
      throw new UsageException(
          ("Output '%s' is on a store without conditional uploads: expected them, as they decide"
                  + " between two runs. Remove fs.s3a.create.conditional.enabled, or take hadoop-aws"
                  + " 3.4.2 or newer.")
              .formatted(location("")));
    }
    boolean isNew = upload(FENCE, "");
    if (isNew && upload(FENCE, "")) {
      throw new UsageException(
          ("Output '%s' is on a store that replaces an object on which a condition forbids it:"
                  + " expected a store that refuses (If-None-Match), as that decides between two"
                  + " runs. Take another store or a newer release of it.")
              .formatted(location("")));
    }
  }

  /** Uploads an object; false if another writer's is there. */
  private boolean upload(String file, String text) throws IOException {
    String writer = UUID.randomUUID().toString();
    FSDataOutputStreamBuilder<?, ?> upload = files.createFile(resolve(file));
    upload.must(CONDITIONAL, true);
    upload.must("fs.s3a.create.header." + WRITER, writer);
    // Decides between two writers: the store refuses the second upload of a name.
    try (FSDataOutputStream out = upload.build()) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException refused) {
      // A connection that broke after the upload makes the connector try it again, and be refused.
      return writer(file).orElseThrow(() -> refused).equals(writer);
    }
    return true;
  }

  /**
   * The writer of an object, which is unknown for what others put there; empty if it is missing.
   */
  private Optional<String> writer(String file) throws IOException {
    try {
      byte[] header = files.getXAttrs(resolve(file)).get("header." + WRITER);
      return Optional.of(header == null ? "" : new String(header, UTF_8));
    } catch (FileNotFoundException missing) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> read(String file) throws IOException {
    for (int again = READS; true; again--) {
      try {
        return HadoopStorage.super.read(file);
      } catch (IOException failed) {
        if (again == 0 || !isReplaced(failed)) {
          throw failed;
        }
      }
    }
  }

  /**
   * Whether another writer replaced an object after its size was looked up. What Hadoop 3.5 reads
   * by tells it in the words of the store's answer alone.
   */
  private static boolean isReplaced(IOException failed) {
    return failed instanceof PathIOException
        || String.valueOf(failed.getMessage()).contains("Status Code: 412");
  }

  @Override
  public void replace(String file, Iterator<String> pieces) throws IOException {
    try (FSDataOutputStream out = files.create(resolve(file), true)) {
      while (pieces.hasNext()) {
        out.write(pieces.next().getBytes(UTF_8));
      }
    }
  }

  @Override
  public String setAside(String path) throws IOException {
    String aside = "%s.aside-%s".formatted(path, UUID.randomUUID());
    files.rename(resolve(path), resolve(aside));
    return aside;
  }

  @Override
  public void sweep(String folder, Instant oldest) {
    // An upload that does not end leaves no object.
  }
}
