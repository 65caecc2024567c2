package io.karat.night;

import io.karat.night.StandaloneSpark.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Copy of Karat without sources, in a folder with a space in its name, and the Spark that it uses.
 */
record DeployedKarat(Path home, StandaloneSpark spark) {
  private static final List<String> FILES =
      List.of(
          "scripts/karat",
          "scripts/prepare.bash",
          "conf/java.options",
          "conf/java-23.options",
          "conf/log4j2.properties",
          "conf/log4j2-json.properties",
          "conf/spark-defaults.conf",
          "target/karat.jar");

  /** Copies what an administrator copies to the machines of a cluster. */
  static DeployedKarat to(Path folder, StandaloneSpark spark) throws IOException {
    Path home = folder.resolve("opt karat");
    for (String name : FILES) {
      Path copy = home.resolve(name);
      Files.createDirectories(copy.getParent());
      Files.copy(Path.of(name), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }
    return new DeployedKarat(home, spark);
  }

  /** Runs the launcher, and waits for its end. */
  Ended run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(home.resolve("scripts/karat").toString()));
    command.addAll(arguments);
    return spark.run(command);
  }
}
