package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import java.util.List;

/** Section of the output of {@code explain}. */
interface ExplainSection {
  /** The lines of the section; empty if there is nothing to explain. */
  List<String> lines(CustomerExplanation customer);
}
