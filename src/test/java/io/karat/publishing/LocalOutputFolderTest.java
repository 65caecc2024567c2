package io.karat.publishing;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LocalOutputFolderTest extends OutputFolderContract {
  @TempDir private Path folder;

  @Override
  String freshFolder() throws IOException {
    return folder.resolve("out").toString();
  }
}
