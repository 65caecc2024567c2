package io.karat.lakehouse;

/** Failure of what was asked of an Iceberg catalog. */
final class LakeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String sentence;

  LakeException(Lake lake, Throwable failure) {
    super(failure);
    this.reason = reason(failure);
    this.sentence = sentence(lake, reason);
  }

  LakeException(Lake lake, String reason) {
    super(reason);
    this.reason = reason;
    this.sentence = sentence(lake, reason);
  }

  /** What went wrong and what to do, for people. */
  String sentence() {
    return sentence;
  }

  /** What went wrong, as a clause. */
  String reason() {
    return reason;
  }

  private static String sentence(Lake lake, String reason) {
    return "Iceberg cannot be used in %s: %s. Correct the settings spark.sql.catalog.%s.… of this Spark, or the catalog."
        .formatted(lake.place(), reason, lake.settings().catalog());
  }

  /** The first line of the deepest message, without Spark's name of the error. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage())
        .lines()
        .findFirst()
        .orElse(root.toString())
        .replaceAll("^\\[[A-Z0-9_.]+\\] |[.\\s]+$", "");
  }
}
