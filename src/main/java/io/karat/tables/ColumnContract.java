package io.karat.tables;

import io.karat.settings.BilingualText;
import org.apache.spark.sql.types.DataType;

/**
 * A column of a published table: its name, type and meaning.
 *
 * @param meaning a description for readers, with unit and window
 */
public record ColumnContract(String name, DataType type, BilingualText meaning) {}
