package io.karat.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.io.Serial;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterable;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction2;

/** Parser of JSON for which a text with more than one value is malformed. */
final class WholeJsonParser extends JacksonParser {
  @Serial private static final long serialVersionUID = 1;

  WholeJsonParser(StructType schema, JSONOptions options, Seq<Filter> filters) {
    super(schema, options, true, filters);
  }

  @Override
  public <T> Iterable<InternalRow> parse(
      T text, Function2<JsonFactory, T, JsonParser> opener, Function1<T, UTF8String> literal) {
    Function2<JsonFactory, T, JsonParser> whole =
        new AbstractFunction2<>() {
          @Override
          public JsonParser apply(JsonFactory factory, T it) {
            return new WholeText(opener.apply(factory, it));
          }
        };
    return super.parse(text, whole, literal);
  }

  /** Tokens of a text that has nothing behind its first object or array. */
  private static final class WholeText extends JsonParserDelegate {
    WholeText(JsonParser tokens) {
      super(tokens);
    }

    /** Where the value ends Spark asks for no more tokens, and closes in silence. */
    @Override
    public JsonToken nextToken() throws IOException {
      JsonToken token = super.nextToken();
      boolean isEnd = token != null && token.isStructEnd() && getParsingContext().inRoot();
      if (isEnd && super.nextToken() != null) {
        throw new JsonParseException(this, "Another value follows.");
      }
      return token;
    }
  }
}
