package io.karat.settings.yaml;

import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Sequence;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Parser of YAML into values with locations. Words are kept as written: {@code off} is not yet a
 * boolean, {@code 010} not yet a number.
 */
public final class YamlText {
  /** Few enough to keep nested aliases small. */
  private static final int MOST_ALIASES = 10;

  private static final int MOST_CHARACTERS = 1_000_000;
  private static final int DEEPEST = 40;

  private final IntFunction<String> where;
  private final Problems problems;
  private final Deque<Node> open = new ArrayDeque<>();

  private YamlText(IntFunction<String> where, Problems problems) {
    this.where = where;
    this.problems = problems;
  }

  /**
   * Reads one document; empty if the text holds nothing but comments.
   *
   * @param where the location of a line, counted from 1
   * @param key the path of the value
   * @throws YamlSyntaxException if the text is not YAML
   */
  public static Optional<Value> read(
      String text, IntFunction<String> where, String key, Problems problems)
      throws YamlSyntaxException {
    Optional<Node> root = compose(text);
    if (root.isEmpty()) {
      return Optional.empty();
    }

    Location at = new Location(where.apply(line(root.get())), key);
    return Optional.of(new YamlText(where, problems).value(root.get(), at));
  }

  private static Optional<Node> compose(String text) throws YamlSyntaxException {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(MOST_ALIASES);
    try {
      requireModest(text, new Yaml(options).parse(new StringReader(text)));
      return Optional.ofNullable(new Yaml(options).compose(new StringReader(text)));
    } catch (MarkedYAMLException broken) {
      String context = broken.getContext() == null ? "" : " " + broken.getContext();
      throw new YamlSyntaxException(
          broken.getProblemMark().getLine() + 1,
          "not valid YAML%s: %s.".formatted(context, broken.getProblem()),
          broken);
    } catch (ReaderException broken) {
      throw new YamlSyntaxException(
          lineAt(text, broken.getPosition()),
          "the character U+%04X is not allowed in YAML.".formatted(broken.getCodePoint()),
          broken);
    } catch (YAMLException broken) {
      throw new YamlSyntaxException(
          1, "not valid YAML: %s.".formatted(broken.getMessage()), broken);
    }
  }

  /** Requires a text that is read in no time, in which each anchor is given once. */
  private static void requireModest(String text, Iterable<Event> events)
      throws YamlSyntaxException {
    if (text.length() > MOST_CHARACTERS) {
      throw new YamlSyntaxException(
          1, "the text has more than %d characters.".formatted(MOST_CHARACTERS));
    }

    Set<String> anchors = new HashSet<>();
    int depth = 0;
    for (Event event : events) {
      depth += event instanceof CollectionStartEvent ? 1 : 0;
      depth -= event instanceof CollectionEndEvent ? 1 : 0;
      if (depth > DEEPEST) {
        throw new YamlSyntaxException(
            event.getStartMark().getLine() + 1,
            "lists and mappings are nested more than %d deep.".formatted(DEEPEST));
      }
      if (event instanceof NodeEvent node
          && !(event instanceof AliasEvent)
          && node.getAnchor() != null
          && !anchors.add(node.getAnchor())) {
        throw new YamlSyntaxException(
            event.getStartMark().getLine() + 1,
            "the anchor '&%s' is given twice. Keep one.".formatted(node.getAnchor()));
      }
    }
  }

  private Value value(Node node, Location at) throws YamlSyntaxException {
    if (!node.getTag().startsWith(Tag.PREFIX)) {
      throw new YamlSyntaxException(
          line(node), "the tag '%s' has no meaning here.".formatted(node.getTag()));
    }

    if (node instanceof ScalarNode scalar) {
      return new Scalar(at, scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN);
    }

    if (open.contains(node)) {
      throw new YamlSyntaxException(
          line(node), "'%s' contains itself by an alias.".formatted(at.key()));
    }

    open.push(node);
    Value value = node instanceof SequenceNode list ? sequence(list, at) : mapping(node, at);
    open.pop();
    return value;
  }

  private Sequence sequence(SequenceNode list, Location at) throws YamlSyntaxException {
    List<Value> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      String key = "%s[%d]".formatted(at.key(), items.size());
      items.add(value(item, new Location(where.apply(line(item)), key)));
    }

    return new Sequence(at, items);
  }

  private Mapping mapping(Node node, Location at) throws YamlSyntaxException {
    Map<String, Value> members = new LinkedHashMap<>();
    for (NodeTuple member : ((MappingNode) node).getValue()) {
      String name = name(member.getKeyNode());
      Location place = new Location(where.apply(line(member.getKeyNode())), at.child(name).key());
      Value value = value(member.getValueNode(), place);
      Optional<Value> first = Optional.ofNullable(members.putIfAbsent(name, value));
      first.ifPresent(
          given ->
              problems.add(
                  place,
                  "'%s' is given twice, first at %s. Keep one."
                      .formatted(place.key(), given.at().where())));
    }

    return new Mapping(at, members);
  }

  private static String name(Node key) throws YamlSyntaxException {
    if (key instanceof ScalarNode scalar) {
      return scalar.getValue();
    }

    throw new YamlSyntaxException(line(key), "a list or mapping stands where a key is expected.");
  }

  private static int lineAt(String text, int codePoint) {
    return 1 + (int) text.codePoints().limit(codePoint).filter(letter -> letter == '\n').count();
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
