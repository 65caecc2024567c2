package io.karat.input;

import java.util.Set;

/** Columns of a source that its reader asks for; all others come too where they can be read. */
public interface SourceColumns {
  /** Those that are used, whose types must be readable and alike in all files. */
  Set<String> sourceColumns();

  /** Those without which no row can be used. */
  Set<String> requiredSourceColumns();
}
