package io.karat.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openlineage.client.utils.DatasetIdentifier;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the names of datasets, which other tools have to give them too. */
class DatasetNamesTest {
  @ParameterizedTest
  @CsvSource({
    "/shop/sales, file, /shop/sales",
    "hdfs://head:8020/shop/sales/, hdfs://head:8020, /shop/sales",
    "s3a://shop/sales/day=*, s3://shop, sales/day=*",
    "gs://shop/sales, gs://shop, sales",
    "/shop/customers/{latest}/all.csv, file, /shop/customers/{latest}/all.csv",
  })
  void aPathHasTheNamespaceOfItsStore(String path, String namespace, String name) {
    assertEquals(List.of(named(namespace, name)), of(List.of(path), "parquet", Map.of()));
  }

  @Test
  void aPathWithoutASchemeIsOnTheFileSystemOfTheCluster() {
    Configuration cluster = new Configuration(false);
    cluster.set("fs.defaultFS", "hdfs://head:8020");

    assertEquals(
        named("hdfs://head:8020", "/shop/sales"), new DatasetNames(cluster).of("/shop/sales"));
    assertEquals(
        named("hdfs://head:8020", "/shop/sales"),
        new DatasetNames(cluster).of("hdfs:///shop/sales"));
  }

  @Test
  void anIcebergTableIsNamedByItsCatalog() {
    assertEquals(
        List.of(named("iceberg", "lake.shop.sales")),
        of(List.of("lake.shop.sales"), "iceberg", Map.of()));
    assertEquals(
        List.of(named("file", "/lake/sales")), of(List.of("/lake/sales"), "iceberg", Map.of()));
  }

  @Test
  void aDatabaseIsNamedWithoutUserAndPassword() {
    String url = "jdbc:postgresql://erp.example.com/erp?password=horse";

    assertEquals(
        List.of(named("postgres://erp.example.com:5432", "erp.ledger.payments")),
        of(List.of(), "jdbc", Map.of("URL", url, "dbTable", "ledger.payments")));
    assertEquals(
        List.of(named("postgres://erp.example.com:5432", "erp.payments")),
        of(List.of(), "jdbc", Map.of("url", url, "query", "SELECT 1")));
  }

  private static DatasetIdentifier named(String namespace, String name) {
    return new DatasetIdentifier(name, namespace);
  }

  private static List<DatasetIdentifier> of(
      List<String> paths, String format, Map<String, String> options) {
    return new DatasetNames(new Configuration(false)).of("payments", paths, format, options);
  }
}
