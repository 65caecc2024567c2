package io.karat.cli;

import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** Which Karat this is, and which Spark and Java it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  static String text() {
    return "karat %s (Spark %s, Java %s)"
        .formatted(karat(), package$.MODULE$.SPARK_VERSION(), System.getProperty("java.version"));
  }

  /** From the jar's manifest; classes that lie in a folder have none. */
  private static String karat() {
    String packed = Version.class.getPackage().getImplementationVersion();
    return packed == null ? "unpackaged" : packed;
  }
}
