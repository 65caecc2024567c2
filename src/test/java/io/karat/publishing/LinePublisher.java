package io.karat.publishing;

import io.karat.run.Progress;
import io.karat.run.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Publisher of tests, which adds a line to a file for each call; it fails without the folder. */
public record LinePublisher(String name, Path file) implements Publisher {
  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public void requireReady() throws IOException {
    if (Files.isDirectory(file)) {
      throw new UsageException("%s cannot write '%s': it is a folder.".formatted(name, file));
    }
  }

  @Override
  public void follow(Commit head, Progress progress) {
    try {
      Files.writeString(
          file,
          "%s: commit %d, %s\n".formatted(name, head.number(), head.liveAsOf()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException unwritable) {
      throw new PublisherException(
          "Night %s is live, but %s did not follow.".formatted(head.liveAsOf(), name), unwritable);
    }
  }

  @Override
  public String state(Status directory) {
    return "%s follows %d releases.".formatted(name, directory.releases().size());
  }
}
