package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import java.util.List;

/** One part of what {@code explain} says about a customer. */
interface ExplainSection {
  /** Its lines; none where there is nothing to say. */
  List<String> lines(CustomerExplanation customer);
}
