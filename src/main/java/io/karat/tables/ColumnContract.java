package io.karat.tables;

import io.karat.settings.BilingualText;
import org.apache.spark.sql.types.DataType;

/**
 * A column that a published table promises.
 *
 * @param meaning with unit and window, for people
 */
public record ColumnContract(String name, DataType type, BilingualText meaning) {}
