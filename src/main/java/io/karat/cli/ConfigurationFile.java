package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.run.UsageException;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Configuration file, by its path on this machine or by its URI on a Hadoop file system. In cluster
 * mode the driver runs on another machine without the local files, but it reads the same URIs.
 *
 * @param name the path or URI, as in messages
 */
record ConfigurationFile(String name) {
  private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*");

  /**
   * Reads the configuration without starting Spark.
   *
   * @see ConfigurationReader#read(java.nio.file.Path, Map, List, Problems)
   */
  Settings read(Map<String, String> environment, List<String> sets, Problems problems) {
    return ADDRESS.matcher(name).matches()
        ? ConfigurationReader.read(name, text(), environment, sets, problems)
        : ConfigurationReader.read(java.nio.file.Path.of(name), environment, sets, problems);
  }

  private String text() {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (FileNotFoundException missing) {
      throw new UsageException(
          "%s: there is no such file. Give the path of the configuration with --config."
              .formatted(name),
          missing);
    } catch (CharacterCodingException notText) {
      throw new UsageException("%s: not UTF-8 text. Save it as UTF-8.".formatted(name), notText);
    } catch (IOException unreadable) {
      throw new UsageException(
          "%s: cannot be read: %s. Check the address and its permissions."
              .formatted(name, Failures.detail(unreadable)),
          unreadable);
    }
  }

  private byte[] bytes() throws IOException {
    Path path = new Path(name);
    FileSystem files = path.getFileSystem(SparkHadoopUtil.get().newConfiguration(new SparkConf()));
    try (FSDataInputStream file = files.open(path)) {
      return file.readAllBytes();
    }
  }
}
