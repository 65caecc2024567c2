package io.karat.cli;

import io.karat.run.InputException;
import io.karat.run.KaratException;
import io.karat.run.UsageException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/**
 * Translation of failures of Spark and Hadoop that the user can fix, such as a missing or broken
 * file, into Karat's messages and exit codes.
 */
final class Failures {
  private static final int LONGEST_CHAIN = 50;

  /** The package of Hadoop's connector to S3, which is not on every class path. */
  private static final String S3_CONNECTOR = "org.apache.hadoop.fs.s3a.";

  private Failures() {}

  /** The explanation of a failure; empty if it is unexpected. */
  static Optional<KaratException> explain(Throwable failure) {
    List<Throwable> chain =
        Stream.iterate(failure, link -> link != null, Throwable::getCause)
            .limit(LONGEST_CHAIN)
            .toList();
    return first(chain.stream().map(Failures::own))
        .or(() -> MemoryShortage.in(chain).map(MemoryShortage::explanation))
        .or(() -> UnwritableDisk.in(chain).map(UnwritableDisk::explanation))
        .or(() -> first(chain.stream().map(Failures::outside)))
        .or(() -> first(chain.stream().map(Failures::condition)));
  }

  private static Optional<KaratException> first(Stream<Optional<KaratException>> explanations) {
    return explanations.flatMap(Optional::stream).findFirst();
  }

  private static Optional<KaratException> own(Throwable link) {
    return link instanceof KaratException own ? Optional.of(own) : Optional.empty();
  }

  private static Optional<KaratException> outside(Throwable link) {
    if (link instanceof AccessDeniedException || link instanceof AccessControlException) {
      return Optional.of(denied(link));
    }
    if (link instanceof UnsupportedFileSystemException) {
      return Optional.of(unknownScheme(link));
    }
    if (isWithoutConnector(link)) {
      return Optional.of(missingConnector(link));
    }
    if (link.getClass().getName().startsWith(S3_CONNECTOR)) {
      return Optional.of(refusedByStore(link));
    }
    if (link instanceof SQLException) {
      return Optional.of(unreadableRows(link));
    }
    return link instanceof ConnectException && detail(link).startsWith("Call From ")
        ? Optional.of(unreachable(link))
        : Optional.empty();
  }

  private static KaratException denied(Throwable link) {
    return new InputException(
        "Access is denied: %s. Expected user '%s' to have access. Change the permissions, or the user."
            .formatted(detail(link), System.getProperty("user.name")),
        link);
  }

  private static KaratException unknownScheme(Throwable link) {
    return new UsageException(
        ("A path cannot be opened: %s. Expected file, hdfs, or a scheme whose package is installed."
                + " Correct the path, or add the package with --packages.")
            .formatted(detail(link)),
        link);
  }

  /** Whether a class of Hadoop's connector to S3, or of what that needs, is missing. */
  private static boolean isWithoutConnector(Throwable link) {
    boolean isMissing =
        link instanceof ClassNotFoundException || link instanceof NoClassDefFoundError;
    return isMissing
        && Pattern.compile("org.apache.hadoop.fs.s3a|software.amazon").matcher(detail(link)).find();
  }

  private static KaratException missingConnector(Throwable link) {
    return new UsageException(
        ("A path on s3a: cannot be opened: Hadoop's connector to S3, or the SDK that it needs, is"
                + " missing (%s). Add both as docs/spark.md says, for example by --packages.")
            .formatted(detail(link)),
        link);
  }

  private static KaratException refusedByStore(Throwable link) {
    return new UsageException(
        ("A store that is addressed by s3a: does not serve a request: %s. Check the bucket, and"
                + " fs.s3a.endpoint, fs.s3a.endpoint.region and the credentials, which are given as"
                + " --conf spark.hadoop.fs.s3a.….")
            .formatted(detail(link)),
        link);
  }

  private static KaratException unreadableRows(Throwable link) {
    return new InputException(
        "A database did not give the rows of an input: %s. Check whether it runs and what the query asks, then run again."
            .formatted(detail(link)),
        link);
  }

  private static KaratException unreachable(Throwable link) {
    return new InputException(
        "A file system does not answer: %s. Check the address in the path, and whether the file system runs."
            .formatted(detail(link).replaceAll("; For more details.*$", "")),
        link);
  }

  private static Optional<KaratException> condition(Throwable link) {
    return SparkCondition.of(link).flatMap(SparkCondition::explanation);
  }

  /**
   * The first line of a message, without its full stop; the name of the exception if it has no
   * message.
   */
  static String detail(Throwable link) {
    return Optional.ofNullable(link.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .map(line -> line.replaceAll("[.\\s]+$", ""))
        .orElseGet(() -> link.getClass().getSimpleName());
  }
}
