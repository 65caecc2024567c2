package io.karat.cli;

import io.karat.run.LowerCase;
import io.karat.settings.Language;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converter of a language as it is written in the configuration. */
final class LanguageOption implements ITypeConverter<Language> {
  @Override
  public Language convert(String text) {
    for (Language language : Language.values()) {
      if (LowerCase.of(language).equals(text)) {
        return language;
      }
    }
    throw new TypeConversionException("'%s' is not a language, expected en or zh".formatted(text));
  }

  /** Words for languages. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("en", "zh").iterator();
    }
  }
}
