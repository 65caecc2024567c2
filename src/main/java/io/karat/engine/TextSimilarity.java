package io.karat.engine;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Similarity of two texts, character by character as Java counts them.
 *
 * <p>Jaro and Winkler: W. E. Winkler, String Comparator Metrics and Enhanced Decision Rules in the
 * Fellegi-Sunter Model of Record Linkage, 1990; above 0.7 each of at most 4 first characters in
 * common takes a tenth of what is missing to 1. Slips are the edits of F. J. Damerau, 1964: one
 * character more, less or other, or two neighbours exchanged, no character edited twice.
 */
public final class TextSimilarity {
  private static final double PREFIX_WEIGHT = 0.1;
  private static final double LEAST_FOR_PREFIX = 0.7;
  private static final int LONGEST_PREFIX = 4;

  private static final Pattern MARKS = Pattern.compile("[\\u0300-\\u036f]+");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private TextSimilarity() {}

  /** The similarity of Jaro and Winkler, 0 to 1. */
  public static Column jaroWinkler(Column one, Column other) {
    return StaticMethod.of(TextSimilarity.class, "jaroWinkler", DataTypes.DoubleType, one, other);
  }

  /** The number of slips from one text to the other. */
  public static Column slips(Column one, Column other) {
    return StaticMethod.of(TextSimilarity.class, "slips", DataTypes.IntegerType, one, other);
  }

  /**
   * A text as it is compared: small letters and digits without accents, wide forms as usual ones,
   * one blank between words; null if nothing is left.
   */
  public static Column folded(Column text) {
    Column folded = StaticMethod.of(TextSimilarity.class, "folded", DataTypes.StringType, text);
    return nullif(folded, lit(""));
  }

  /** The similarity of Jaro and Winkler. Called by generated code. */
  public static double jaroWinkler(UTF8String one, UTF8String other) {
    return one.equals(other) ? 1 : jaroWinkler(one.toString(), other.toString());
  }

  /** The number of slips. Called by generated code. */
  public static int slips(UTF8String one, UTF8String other) {
    return one.equals(other) ? 0 : slips(one.toString(), other.toString());
  }

  /** A text as it is compared. Called by generated code. */
  public static UTF8String folded(UTF8String text) {
    String compatible = Normalizer.normalize(text.toString(), Normalizer.Form.NFKD);
    String plain = MARKS.matcher(compatible.toLowerCase(Locale.ROOT)).replaceAll("");
    return UTF8String.fromString(BETWEEN_WORDS.matcher(plain).replaceAll(" ").strip());
  }

  static double jaroWinkler(String one, String other) {
    double jaro = jaro(one, other);
    if (jaro <= LEAST_FOR_PREFIX) {
      return jaro;
    }

    int prefix = 0;
    int longest = Math.min(LONGEST_PREFIX, Math.min(one.length(), other.length()));
    while (prefix < longest && one.charAt(prefix) == other.charAt(prefix)) {
      prefix++;
    }
    return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
  }

  /**
   * Jaro's similarity: characters in common are equal ones at most half the longer length apart,
   * each counted once; half of those in another order are transpositions.
   */
  private static double jaro(String one, String other) {
    int reach = Math.max(0, Math.max(one.length(), other.length()) / 2 - 1);
    boolean[] isUsed = new boolean[other.length()];
    char[] common = new char[one.length()];
    int matches = 0;
    for (int i = 0; i < one.length(); i++) {
      int last = Math.min(other.length() - 1, i + reach);
      for (int j = Math.max(0, i - reach); j <= last; j++) {
        if (!isUsed[j] && one.charAt(i) == other.charAt(j)) {
          isUsed[j] = true;
          common[matches++] = one.charAt(i);
          break;
        }
      }
    }
    if (matches == 0) {
      return one.isEmpty() && other.isEmpty() ? 1 : 0;
    }

    int displaced = 0;
    int next = 0;
    for (int j = 0; j < other.length(); j++) {
      if (isUsed[j] && common[next++] != other.charAt(j)) {
        displaced++;
      }
    }
    int transpositions = displaced / 2;
    double found = matches;
    return (found / one.length() + found / other.length() + (found - transpositions) / found) / 3;
  }

  static int slips(String one, String other) {
    int[] beforeLast = new int[other.length() + 1];
    int[] last = new int[other.length() + 1];
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int changed = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int least = Math.min(last[j - 1] + changed, Math.min(last[j], row[j - 1]) + 1);
        boolean isExchange =
            i > 1
                && j > 1
                && one.charAt(i - 1) == other.charAt(j - 2)
                && one.charAt(i - 2) == other.charAt(j - 1);
        row[j] = isExchange ? Math.min(least, beforeLast[j - 2] + 1) : least;
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[other.length()];
  }
}
