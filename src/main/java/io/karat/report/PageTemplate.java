package io.karat.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.DefaultCollector;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Template of an HTML page in one file. All values are escaped; only the scripts of the page may
 * run, by their digests.
 */
record PageTemplate(String name, Messages voice) {
  private static final Mustache.Compiler COMPILER =
      Mustache.compiler()
          .escapeHTML(true)
          .zeroIsFalse(true)
          .emptyStringIsFalse(true)
          .withCollector(new Present());

  /** Renders the page. */
  String html(Map<String, Object> values) {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put("say", (Mustache.Lambda) this::say);
    return COMPILER.compile(resource(name)).execute(all);
  }

  private void say(Template.Fragment key, Writer out) throws IOException {
    out.write(COMPILER.compile("{{.}}").execute(voice.say(key.execute())));
  }

  /** Collector that shows an optional value only if it is present. */
  private static final class Present extends DefaultCollector {
    @Override
    public Iterator<?> toIterator(Object value) {
      return value instanceof Optional<?> optional
          ? optional.stream().iterator()
          : super.toIterator(value);
    }
  }

  /** The content security policy: nothing is fetched, and only the scripts of this page run. */
  static String policy(String... scripts) {
    StringBuilder allowed = new StringBuilder();
    for (String script : scripts) {
      allowed.append(" 'sha256-%s'".formatted(digest(script)));
    }
    return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:;"
        + " style-src 'unsafe-inline'; script-src"
        + allowed;
  }

  private static String digest(String script) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The text of a file of this package, or of a library. */
  static String resource(String name) {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource %s is missing".formatted(name));
      }

      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
