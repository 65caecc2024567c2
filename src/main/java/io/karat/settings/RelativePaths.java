package io.karat.settings;

import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Value;
import io.karat.settings.yaml.Value.Mapping;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Sequence;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Paths of a configuration that are relative to its folder: those of inputs, joined tables, the
 * output folder and single files. URIs, absolute paths and names in a catalog stay as they are.
 *
 * @param folder the folder of the configuration; empty if it is the working directory
 */
record RelativePaths(Path folder) {
  private static final String OUTPUT = "output";
  private static final String PATH = "path";
  private static final String DEFAULT_OUTPUT = "out";
  private static final String ICEBERG = "iceberg";
  private static final Pattern PATHS =
      Pattern.compile(
          "inputs\\.\\w+\\.(path|join(\\[\\d+])?\\.to)(\\[\\d+])?"
              + "|output\\.(path|metrics_file|postgresql\\.password_file)");
  private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z][A-Za-z0-9+.-]*:.*");

  /** The paths of a configuration file. */
  static RelativePaths of(Path configuration) {
    Path folder = Optional.ofNullable(configuration.getParent()).orElse(Path.of(""));
    Path here = Path.of("").toAbsolutePath().normalize();
    return new RelativePaths(
        folder.toAbsolutePath().normalize().equals(here) ? Path.of("") : folder);
  }

  /** The same configuration with every path relative to the working directory, or absolute. */
  Value resolved(Value configuration) {
    if (folder.toString().isEmpty() || !(configuration instanceof Mapping root)) {
      return configuration;
    }

    Set<String> catalogs = new HashSet<>();
    collectCatalogs(root, catalogs);
    return withOutput(root).replaceScalars(scalar -> resolved(scalar, catalogs));
  }

  /** Writes out the default of the output folder, which is relative too. */
  private static Mapping withOutput(Mapping root) {
    Optional<Value> output = root.member(OUTPUT);
    boolean isOpen =
        output.isEmpty() || (output.get() instanceof Mapping block && block.member(PATH).isEmpty());
    Location at = root.at().child(OUTPUT).child(PATH);
    return isOpen ? root.with(List.of(OUTPUT, PATH), new Scalar(at, DEFAULT_OUTPUT, false)) : root;
  }

  /** Collects the keys of tables that may be named instead of having a path. */
  private static void collectCatalogs(Value value, Set<String> keys) {
    if (value instanceof Sequence list) {
      list.items().forEach(item -> collectCatalogs(item, keys));
    } else if (value instanceof Mapping mapping) {
      if (mapping.member("format").filter(RelativePaths::isIceberg).isPresent()) {
        keys.add(mapping.at().key());
      }
      mapping.members().values().forEach(member -> collectCatalogs(member, keys));
    }
  }

  private static boolean isIceberg(Value format) {
    return format instanceof Scalar scalar && scalar.text().equals(ICEBERG);
  }

  private Scalar resolved(Scalar scalar, Set<String> catalogs) {
    String key = scalar.at().key();
    String text = scalar.text();
    if (!PATHS.matcher(key).matches()
        || scalar.isEmpty()
        || ABSOLUTE.matcher(text).matches()
        || (!text.contains("/") && catalogs.contains(key.substring(0, key.lastIndexOf('.'))))) {
      return scalar;
    }

    Path path = folder.resolve(text).normalize();
    String resolved = path.toString().isEmpty() ? "." : path.toString();
    String shown = scalar.shown().equals(text) ? resolved : folder + "/" + scalar.shown();
    return new Scalar(scalar.at(), resolved, scalar.quoted(), shown);
  }
}
