package io.karat.dictionary;

import static java.util.stream.Collectors.joining;

import io.karat.expressions.AllowedFunctions;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reference of the functions that expressions may use, by topic, as Markdown. */
record FunctionDictionary(Language language) {
  private static final Map<String, String> TOPICS =
      Map.of(
          "conditions", "条件",
          "days and times", "日期与时间",
          "nested values", "嵌套值",
          "numbers", "数值",
          "text", "文本",
          "types", "类型");

  /** Lists all functions. */
  String functions() {
    Markdown text = new Markdown(language);
    text.heading(1, new BilingualText("Functions", "函数"));
    text.paragraph(
        new BilingualText(
            "What an expression may use: functions of Spark SQL that look at one row only, give the"
                + " same answer every time, and reach nothing outside the row. What fails gives"
                + " null.",
            "表达式可用的函数：Spark SQL 中只看一行、每次结果相同、不触及行外的函数。失败则为空。"));
    List<String> topics = new ArrayList<>();
    AllowedFunctions.byTopic().entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .forEach(topic -> topics.add(topic(topic.getKey(), topic.getValue())));
    text.items(topics);
    return text.toString();
  }

  private String topic(String name, List<String> functions) {
    BilingualText topic = new BilingualText(name, TOPICS.getOrDefault(name, name));
    return "%s: %s"
        .formatted(
            topic.in(language), functions.stream().map(Markdown::code).collect(joining(", ")));
  }
}
