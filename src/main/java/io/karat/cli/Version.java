package io.karat.cli;

import org.apache.spark.package$;
import picocli.CommandLine.IVersionProvider;

/** Version of Karat, Spark and Java. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  static String text() {
    return "karat %s (Spark %s, Java %s)"
        .formatted(karat(), package$.MODULE$.SPARK_VERSION(), System.getProperty("java.version"));
  }

  /** The version in the jar's manifest; classes in a folder have none. */
  private static String karat() {
    String packed = Version.class.getPackage().getImplementationVersion();
    return packed == null ? "unpackaged" : packed;
  }
}
