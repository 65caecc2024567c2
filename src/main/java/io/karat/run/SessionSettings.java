package io.karat.run;

import io.karat.engine.CombineAdjacentAggregation;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import scala.runtime.BoxedUnit;

/**
 * The Spark SQL settings that can change a result. They are set in code, the same in a night and in
 * a test, so that no default of a cluster and no {@code --conf} alters a table.
 *
 * <p>{@code docs/spark-settings.md} has the reason for each, and for every other setting of Spark
 * the reason why it is not here.
 */
public final class SessionSettings {
  private static final String FILES =
      """
      spark.sql.files.ignoreCorruptFiles false
      spark.sql.files.ignoreMissingFiles false
      spark.sql.files.ignoreInvalidPartitionPaths false
      spark.sql.sources.partitionColumnTypeInference.enabled true
      spark.sql.sources.validatePartitionColumns true
      spark.sql.sources.useV1SourceList avro,csv,json,kafka,orc,parquet,text
      spark.sql.legacy.pathOptionBehavior.enabled false
      """;

  private static final String PARQUET =
      """
      spark.sql.parquet.binaryAsString false
      spark.sql.parquet.int96AsTimestamp true
      spark.sql.parquet.int96TimestampConversion false
      spark.sql.parquet.inferTimestampNTZ.enabled true
      spark.sql.legacy.parquet.nanosAsLong true
      spark.sql.parquet.datetimeRebaseModeInRead CORRECTED
      spark.sql.parquet.int96RebaseModeInRead CORRECTED
      spark.sql.parquet.datetimeRebaseModeInWrite CORRECTED
      spark.sql.parquet.outputTimestampType TIMESTAMP_MICROS
      spark.sql.parquet.writeLegacyFormat false
      spark.sql.parquet.mergeSchema false
      spark.sql.parquet.respectSummaryFiles false
      spark.sql.parquet.fieldId.read.enabled false
      spark.sql.parquet.fieldId.read.ignoreMissing false
      spark.sql.parquet.enableVectorizedReader true
      spark.sql.parquet.enableNestedColumnVectorizedReader true
      spark.sql.parquet.enableNullTypeVectorizedReader true
      spark.sql.legacy.parquet.returnNullStructIfAllFieldsMissing false
      spark.sql.parquet.ignoreVariantAnnotation false
      spark.sql.variant.allowReadingShredded true
      """;

  private static final String OTHER_FORMATS =
      """
      spark.sql.orc.impl native
      spark.sql.orc.mergeSchema true
      spark.sql.orc.enableVectorizedReader true
      spark.sql.orc.enableNestedColumnVectorizedReader true
      spark.sql.avro.datetimeRebaseModeInRead CORRECTED
      spark.sql.legacy.avro.allowIncompatibleSchema false
      spark.sql.columnNameOfCorruptRecord _corrupt_record
      spark.sql.csv.parser.columnPruning.enabled true
      spark.sql.legacy.csv.enableDateTimeParsingFallback false
      spark.sql.legacy.json.enableDateTimeParsingFallback false
      spark.sql.legacy.json.allowEmptyString.enabled false
      spark.sql.json.enableExactStringParsing true
      spark.sql.json.enablePartialResults true
      spark.sql.files.supportSecondOffsetFormat true
      spark.sql.legacy.javaCharsets true
      spark.sql.legacy.useLegacyXMLParser false
      spark.sql.execution.datasources.hadoopLineRecordReader.enabled true
      """;

  private static final String TABLES =
      """
      spark.sql.timeTravelTimestampKey timestampAsOf
      spark.sql.timeTravelVersionKey versionAsOf
      spark.sql.legacy.db2.booleanMapping.enabled false
      spark.sql.legacy.db2.numericMapping.enabled false
      spark.sql.legacy.mssqlserver.datetimeoffsetMapping.enabled false
      spark.sql.legacy.mssqlserver.numericMapping.enabled false
      spark.sql.legacy.mysql.bitArrayMapping.enabled false
      spark.sql.legacy.mysql.timestampNTZMapping.enabled false
      spark.sql.legacy.oracle.timestampMapping.enabled false
      spark.sql.legacy.postgres.datetimeMapping.enabled false
      """;

  private static final String EXPRESSIONS =
      """
      spark.sql.ansi.enabled true
      spark.sql.ansi.doubleQuotedIdentifiers false
      spark.sql.ansi.enforceReservedKeywords false
      spark.sql.caseSensitive false
      spark.sql.parser.escapedStringLiterals false
      spark.sql.parser.quotedRegexColumnNames false
      spark.sql.legacy.consecutiveStringLiterals.enabled false
      spark.sql.legacy.exponentLiteralAsDecimal.enabled false
      spark.sql.legacy.bangEqualsNot false
      spark.sql.legacy.identifierClause false
      spark.sql.legacy.interval.enabled false
      spark.sql.legacy.fromDayTimeString.enabled false
      spark.sql.legacy.timeParserPolicy CORRECTED
      spark.sql.timestampType TIMESTAMP_LTZ
      spark.sql.timeType.enabled false
      spark.sql.decimalOperations.allowPrecisionLoss true
      spark.sql.legacy.literal.pickMinimumPrecision true
      spark.sql.legacy.allowNegativeScaleOfDecimal false
      spark.sql.legacy.decimal.retainFractionDigitsOnTruncate false
      spark.sql.legacy.typeCoercion.datetimeToString.enabled false
      spark.sql.legacy.castComplexTypesToString.enabled false
      spark.sql.legacy.nullInEmptyListBehavior false
      spark.sql.legacy.sizeOfNull false
      spark.sql.legacy.createEmptyCollectionUsingStringType false
      spark.sql.legacy.lpadRpadAlwaysReturnString false
      spark.sql.function.concatBinaryAsString false
      spark.sql.icu.caseMappings.enabled true
      spark.sql.legacy.charVarcharAsString false
      spark.sql.legacy.noCharPaddingInPredicate false
      spark.sql.preserveCharVarcharTypeInfo false
      spark.sql.readSideCharPadding true
      spark.sql.mapKeyDedupPolicy EXCEPTION
      spark.sql.legacy.disableMapKeyNormalization false
      spark.sql.legacy.allowHashOnMapType false
      spark.sql.legacy.collationAwareHashFunctions false
      """;

  private static final String FRAMES =
      """
      spark.sql.retainGroupColumns true
      spark.sql.groupByAliases true
      spark.sql.groupByOrdinal true
      spark.sql.orderByOrdinal true
      spark.sql.selfJoinAutoResolveAmbiguity true
      spark.sql.analyzer.failAmbiguousSelfJoin true
      spark.sql.lateralColumnAlias.enableImplicitResolution true
      spark.sql.analyzer.preferColumnOverLcaInArrayIndex true
      spark.sql.analyzer.dontDeduplicateExpressionIfExprIdInOutput true
      spark.sql.analyzer.unionIsResolvedWhenDuplicatesPerChildResolved true
      spark.sql.enforceTypeCoercionBeforeUnionDeduplication.enabled true
      spark.sql.prioritizeOrdinalResolutionInSort.enabled true
      spark.sql.analyzer.singlePassResolver.enabled false
      spark.sql.analyzer.singlePassResolver.enabledTentatively false
      spark.sql.analyzer.singlePassResolver.dualRunWithLegacy false
      spark.sql.analyzer.singlePassResolver.returnSinglePassResultInDualRun false
      spark.sql.crossJoin.enabled true
      spark.sql.datetime.java8API.enabled false
      spark.sql.error.messageFormat PRETTY
      """;

  private static final String EXECUTION =
      """
      spark.sql.optimizer.metadataOnly false
      spark.sql.optimizer.windowGroupLimitThreshold 1000
      spark.sql.orderingAwareLimitOffset true
      spark.sql.execution.sortBeforeRepartition true
      spark.sql.sources.partitionOverwriteMode STATIC
      spark.sql.shuffle.orderIndependentChecksum.enabled true
      spark.sql.shuffle.orderIndependentChecksum.enableFullRetryOnMismatch true
      spark.sql.codegen.hugeMethodLimit 8000
      spark.sql.objectHashAggregate.sortBased.fallbackThreshold 20000
      spark.sql.codegen.aggregate.map.twolevel.enabled false
      """;

  private SessionSettings() {}

  /**
   * Gives a session builder all settings, whatever it had before, and the rule that combines
   * adjacent aggregations.
   *
   * @param timeZone the time zone of business days
   */
  public static SparkSession.Builder apply(ZoneId timeZone, SparkSession.Builder builder) {
    of(timeZone).forEach(builder::config);
    return builder.withExtensions(
        extensions -> {
          extensions.injectQueryStagePrepRule(session -> new CombineAdjacentAggregation());
          return BoxedUnit.UNIT;
        });
  }

  /**
   * All settings by key.
   *
   * @param timeZone the time zone of business days
   */
  public static Map<String, String> of(ZoneId timeZone) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.session.timeZone", timeZone.getId());
    Stream.of(FILES, PARQUET, OTHER_FORMATS, TABLES, EXPRESSIONS, FRAMES, EXECUTION)
        .flatMap(String::lines)
        .map(line -> line.split(" "))
        .forEach(setting -> settings.put(setting[0], setting[1]));
    return Map.copyOf(settings);
  }
}
