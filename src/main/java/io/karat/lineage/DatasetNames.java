package io.karat.lineage;

import io.openlineage.client.utils.DatasetIdentifier;
import io.openlineage.client.utils.filesystem.FilesystemDatasetUtils;
import io.openlineage.client.utils.jdbc.JdbcDatasetUtils;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonConfigurationKeysPublic;
import org.apache.hadoop.fs.Path;

/**
 * Names of datasets by the conventions of OpenLineage: the namespace is that of the store, the name
 * is what is configured, so it is the same every night.
 *
 * @param hadoop says on which file system paths without a scheme are
 */
record DatasetNames(Configuration hadoop) {
  private static final String ICEBERG = "iceberg";

  /**
   * The names of a configured source, one for each path.
   *
   * @param source the name of the source in the configuration, for a query of a database
   */
  List<DatasetIdentifier> of(
      String source, List<String> paths, String format, Map<String, String> options) {
    if (paths.isEmpty()) {
      return List.of(ofDatabase(source, options));
    }
    return paths.stream()
        .map(
            path ->
                format.equalsIgnoreCase(ICEBERG) && !path.contains("/")
                    ? new DatasetIdentifier(path, ICEBERG)
                    : of(path))
        .toList();
  }

  /** The name of a path; what stands for a day in it stays. */
  DatasetIdentifier of(String path) {
    URI store =
        URI.create(
            hadoop.get(
                CommonConfigurationKeysPublic.FS_DEFAULT_NAME_KEY,
                CommonConfigurationKeysPublic.FS_DEFAULT_NAME_DEFAULT));
    Path here = new Path(java.nio.file.Path.of("").toAbsolutePath().toString());
    return FilesystemDatasetUtils.fromLocation(new Path(path).makeQualified(store, here).toUri());
  }

  private static DatasetIdentifier ofDatabase(String source, Map<String, String> options) {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(options);
    return JdbcDatasetUtils.getDatasetIdentifier(
        Optional.ofNullable(byName.get("url")).orElse(""),
        Optional.ofNullable(byName.get("dbtable")).orElse(source),
        new Properties());
  }
}
