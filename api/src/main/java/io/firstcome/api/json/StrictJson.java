package io.firstcome.api.json;

import io.firstcome.api.problem.MalformedJson;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads what operators write. A misspelt field that is silently ignored would leave them with a
 * campaign other than the one they asked for, so nothing is guessed: unknown fields, duplicate
 * keys, trailing text, {@code 1.7} or {@code "1"} for a whole number, {@code ""} for a missing
 * value and null for a primitive are all refused.
 */
@Component
public final class StrictJson {
  private final JsonMapper mapper = strictMapper();

  /**
   * The body as a value of the given type, never null.
   *
   * @throws ProblemException {@link ErrorCode#REQUEST_MALFORMED} that names the offending field
   */
  public <T> T read(byte[] body, Class<T> type) {
    T value;
    try {
      value = mapper.readValue(body, type);
    } catch (JacksonException e) {
      throw MalformedJson.explain(e);
    }
    if (value == null) {
      throw new ProblemException(
          ErrorCode.REQUEST_MALFORMED, "The body is null; a JSON object is expected.");
    }
    return value;
  }

  private static JsonMapper strictMapper() {
    return JsonMapper.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .withCoercionConfigDefaults(
            config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
        // Numbers name enum constants by their position, which no sender can mean.
        .withCoercionConfig(
            LogicalType.Enum,
            config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail))
        .withCoercionConfig(
            LogicalType.Textual,
            config ->
                config
                    .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .addModule(new SimpleModule().addDeserializer(Instant.class, new IsoInstant()))
        .build();
  }

  /** An instant is ISO text: a bare number leaves open whether it counts seconds. */
  private static final class IsoInstant extends StdDeserializer<Instant> {
    IsoInstant() {
      super(Instant.class);
    }

    @Override
    public @Nullable Instant deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        return (Instant) context.handleUnexpectedToken(Instant.class, parser);
      }
      String text = parser.getString();
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        return (Instant) context.handleWeirdStringValue(Instant.class, text, "not an instant");
      }
    }
  }
}
