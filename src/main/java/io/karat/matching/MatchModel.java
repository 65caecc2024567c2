package io.karat.matching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.run.Json;
import io.karat.run.LowerCase;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Model of duplicates: how likely two customers taken at random are one, and how fields agree
 * within one and between two.
 *
 * @param share the share of all pairs that are of one customer, before any field is looked at
 * @param odds by field
 * @param unlearned the fields whose m could not be estimated, because every rule uses them
 */
record MatchModel(
    List<MatchField> fields, double share, List<FieldOdds> odds, List<String> unlearned) {
  private static final int FORMAT = 1;
  private static final MathContext DIGITS = new MathContext(10);

  MatchModel {
    fields = List.copyOf(fields);
    odds = List.copyOf(odds);
    unlearned = List.copyOf(unlearned);
  }

  /** The weight of the share in bits. */
  double priorWeight() {
    return StrictMath.log(share / (1 - share)) / StrictMath.log(2);
  }

  /** Its JSON text; equal models have equal texts. */
  String json() {
    ObjectNode root = Json.TREES.createObjectNode();
    root.put("format", FORMAT);
    root.put("kind", "matching");
    root.put("prior", rounded(share));
    ArrayNode all = root.putArray("fields");
    for (int i = 0; i < fields.size(); i++) {
      MatchField field = fields.get(i);
      FieldOdds its = odds.get(i);
      ObjectNode node = all.addObject();
      node.put("field", field.name());
      node.put("compare", LowerCase.of(field.compare()));
      node.put("is_learned", !unlearned.contains(field.name()));
      ArrayNode levels = node.putArray("levels");
      for (AgreementLevel level : field.levels()) {
        ObjectNode one = levels.addObject();
        one.put("level", level.name());
        one.put("m", rounded(its.m()[level.number()]));
        one.put("u", rounded(its.u()[level.number()]));
        one.put("weight", rounded(its.weight(level)));
      }
    }
    try {
      return Json.TREES.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static BigDecimal rounded(double number) {
    return BigDecimal.valueOf(number).round(DIGITS);
  }
}
