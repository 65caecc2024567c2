package io.karat.settings.yaml;

import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Unreadable;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Overrides of values of the file from the command line: {@code --set a.b=c}. */
public final class Overrides {
  private static final String QUOTED_OR_FLOW = "[{\"'";

  /** Texts that may hold a secret, which messages never repeat. */
  private static final Pattern SECRET =
      Pattern.compile("(?is)[^=]*((password|webhook|notify)\\s*=|=.*(passw|pwd|://[^/]*@)).*");

  private Overrides() {}

  /** Applies every {@code --set} in turn. */
  public static Mapping apply(Mapping file, List<String> sets, Problems problems) {
    Mapping configuration = file;
    for (String set : sets) {
      int equals = set.indexOf('=');
      List<String> path =
          Arrays.asList(set.substring(0, Math.max(equals, 0)).strip().split("\\.", -1));
      if (path.contains("")) {
        problems.add(
            new Location(place(set), ""),
            "expected KEY=VALUE, e.g. --set indicators.windows=[90d, lifetime].");
      } else {
        configuration = configuration.with(path, value(set, equals, problems));
      }
    }

    return configuration;
  }

  private static String place(String set) {
    return "--set "
        + (SECRET.matcher(set).matches() ? set.substring(0, set.indexOf('=')) + "=***" : set);
  }

  /** Parses lists, mappings and quoted text as YAML; anything else, such as SQL, is plain text. */
  private static Value value(String set, int equals, Problems problems) {
    String text = set.substring(equals + 1).strip();
    Location at = new Location(place(set), set.substring(0, equals).strip());
    if (text.isEmpty() || QUOTED_OR_FLOW.indexOf(text.charAt(0)) < 0) {
      return new Scalar(at, text, false);
    }

    try {
      return YamlText.read(text, line -> at.where(), at.key(), problems).orElseThrow();
    } catch (YamlSyntaxException broken) {
      problems.add(at, broken.sentence());
      return new Unreadable(at);
    }
  }
}
