package io.firstcome.api.problem;

import io.firstcome.core.error.ErrorCode;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Says in the sender's words what is wrong with a JSON body. Jackson's own messages name our
 * classes, so they never leave the process.
 */
public final class MalformedJson {
  /** A field name is the sender's text; an answer need not repeat kilobytes of it. */
  private static final int FIELD_CHARS_MAX = 100;

  private MalformedJson() {}

  /** The problem to answer with, {@link ErrorCode#REQUEST_MALFORMED} naming the field if known. */
  public static ProblemException explain(JacksonException e) {
    if (e.getCause() instanceof ProblemException own) {
      return own;
    }
    String field = field(e);
    if (field.isEmpty()) {
      return new ProblemException(ErrorCode.REQUEST_MALFORMED, explainBody(e), e);
    }
    return new ProblemException(
            ErrorCode.REQUEST_MALFORMED, "The field '" + field + "' " + explainField(e) + ".", e)
        .with("field", field);
  }

  private static String explainBody(JacksonException e) {
    return switch (e) {
      case StreamConstraintsException _ -> "The JSON is nested too deeply or has too long a value.";
      case StreamReadException _ ->
          "The body is not valid JSON: see line %d, column %d."
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      case MismatchedInputException mismatch when isEmpty(mismatch) ->
          "The body is empty; a JSON object is expected.";
      case MismatchedInputException mismatch ->
          "The body must be " + ExpectedShape.of(mismatch.getTargetType()) + " and nothing else.";
      default -> "The body cannot be read as JSON.";
    };
  }

  private static String explainField(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "is not known here" + known(unknown.getKnownPropertyIds());
      case InvalidNullException _ -> "must not be missing or null";
      case InputCoercionException _ -> "is a number out of range";
      case StreamConstraintsException _ -> "is nested too deeply or too long";
      case StreamReadException _ when isDuplicate(e) -> "is given twice";
      case StreamReadException _ -> "is not valid JSON";
      case MismatchedInputException mismatch ->
          "must be " + ExpectedShape.of(mismatch.getTargetType());
      default -> "has a value that is not accepted";
    };
  }

  private static String known(@Nullable Collection<Object> names) {
    return names == null || names.isEmpty()
        ? ""
        : names.stream()
            .map(String::valueOf)
            .sorted()
            .collect(Collectors.joining(", ", "; known are ", ""));
  }

  private static String field(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        appendName(path, step.getPropertyName());
      }
    }
    // The path of a duplicate ends at the object that has it.
    if (isDuplicate(e) && e.processor() instanceof JsonParser parser) {
      appendName(path, parser.currentName());
    }
    return path.length() <= FIELD_CHARS_MAX ? path.toString() : path.substring(0, FIELD_CHARS_MAX);
  }

  private static void appendName(StringBuilder path, String name) {
    path.append(path.isEmpty() ? "" : ".").append(name);
  }

  private static boolean isDuplicate(JacksonException e) {
    return e.getOriginalMessage().startsWith("Duplicate Object property");
  }

  private static boolean isEmpty(MismatchedInputException e) {
    return e.getOriginalMessage().startsWith("No content to map");
  }
}
