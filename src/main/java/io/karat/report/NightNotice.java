package io.karat.report;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.karat.quality.CheckResult;
import io.karat.run.Json;
import io.karat.settings.Language;
import io.karat.settings.Settings;
import io.karat.settings.Translations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Notice of a published night for people in a chat: its findings and warnings, in the language of
 * the report.
 */
public record NightNotice(Settings settings, NightFacts facts) {
  /** The message as webhooks of Slack, Mattermost and others take it. */
  public String json() {
    try {
      return Json.TREES.writeValueAsString(Map.of("text", escaped(text())));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The message, a line for the night and one for each finding. */
  public String text() {
    Language language = settings.language();
    List<String> lines = new ArrayList<>();
    lines.add(
        Translations.text(
            language,
            "notice.title",
            settings.name(),
            facts.run().map(run -> run.asOf().toString()).orElse("")));
    int number = 1;
    for (Finding finding : facts.findings()) {
      lines.add("%d. %s".formatted(number++, inWords(finding)));
    }
    if (facts.findings().isEmpty()) {
      lines.add(Translations.text(language, "notice.none"));
    }
    List<String> warned =
        facts.checks().stream()
            .filter(CheckResult::isWarning)
            .map(CheckResult::check)
            .distinct()
            .toList();
    if (!warned.isEmpty()) {
      lines.add(Translations.text("notice.warnings", Translations.listed(warned)).in(language));
    }
    return String.join("\n", lines);
  }

  /** A finding, what it is compared with, and its largest customers as far as they may be shown. */
  private String inWords(Finding finding) {
    Language language = settings.language();
    return Stream.of(
            Optional.of(finding.message().in(language)),
            Optional.of(finding.comparison().in(language)),
            finding.largest(settings.output().report(), language))
        .flatMap(Optional::stream)
        .collect(joining(Translations.text(language, "between.sentences")));
  }

  /** A text in which no name is a command of the chat. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
