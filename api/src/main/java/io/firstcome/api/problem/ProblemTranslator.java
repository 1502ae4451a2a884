package io.firstcome.api.problem;

import static io.firstcome.core.error.ErrorCode.DATABASE_UNAVAILABLE;
import static io.firstcome.core.error.ErrorCode.FORBIDDEN;
import static io.firstcome.core.error.ErrorCode.INTERNAL_ERROR;
import static io.firstcome.core.error.ErrorCode.MEDIA_TYPE_UNSUPPORTED;
import static io.firstcome.core.error.ErrorCode.METHOD_NOT_ALLOWED;
import static io.firstcome.core.error.ErrorCode.NOT_ACCEPTABLE;
import static io.firstcome.core.error.ErrorCode.NOT_FOUND;
import static io.firstcome.core.error.ErrorCode.REQUEST_MALFORMED;
import static io.firstcome.core.error.ErrorCode.REQUEST_TOO_LARGE;
import static io.firstcome.core.error.ErrorCode.SERVICE_UNAVAILABLE;
import static io.firstcome.core.error.ErrorCode.TOO_MANY_REQUESTS;
import static io.firstcome.core.error.ErrorCode.UNAUTHORIZED;

import java.time.Duration;
import java.util.Objects;
import org.apache.coyote.BadRequestException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.ConversionNotSupportedException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/**
 * Turns what frameworks throw, or the bare status that a container sets, into one of our problems.
 * The texts are ours throughout: those of the frameworks name classes and statements.
 */
final class ProblemTranslator {
  private static final Duration DATABASE_RETRY = Duration.ofSeconds(1);

  private ProblemTranslator() {}

  static ProblemException translate(Throwable thrown) {
    ProblemException own = causeOf(thrown, ProblemException.class);
    if (own != null) {
      return own;
    }
    if (isBrokenOff(thrown)) {
      return brokenOff(thrown);
    }
    if (isDatabaseAway(thrown)) {
      String detail = "The database does not answer; try again in a moment.";
      return new ProblemException(DATABASE_UNAVAILABLE, detail, thrown).retryAfter(DATABASE_RETRY);
    }
    return switch (thrown) {
      case AuthenticationServiceException _ -> {
        String detail = "The sign-in service does not answer; try again in a moment.";
        yield new ProblemException(SERVICE_UNAVAILABLE, detail, thrown);
      }
      case AuthenticationException _ -> of(UNAUTHORIZED.status(), thrown);
      case AccessDeniedException _ -> of(FORBIDDEN.status(), thrown);
      // A header that the firewall refuses when it is read.
      case RequestRejectedException _ -> of(REQUEST_MALFORMED.status(), thrown);
      case AsyncRequestTimeoutException _ ->
          new ProblemException(SERVICE_UNAVAILABLE, "There was no answer in time.", thrown);
      case InvalidParameterException form -> of(form.getErrorCode(), thrown);
      case HttpMessageNotReadableException unreadable -> body(unreadable);
      case ConversionNotSupportedException _ -> of(INTERNAL_ERROR.status(), thrown);
      case TypeMismatchException mismatch -> parameter(mismatch);
      case BindException invalid -> fields(invalid);
      case ErrorResponse refusal -> request(refusal, thrown);
      default -> of(INTERNAL_ERROR.status(), thrown);
    };
  }

  /** The problem for a status that a container or framework chose, without more to say about it. */
  static ProblemException of(int status, @Nullable Throwable cause) {
    return switch (status) {
      case 401 -> new ProblemException(UNAUTHORIZED, "Credentials are missing or wrong.", cause);
      case 403 -> new ProblemException(FORBIDDEN, "Your role does not allow this.", cause);
      case 404 -> new ProblemException(NOT_FOUND, "Nothing is served at this path.", cause);
      case 405 -> new ProblemException(METHOD_NOT_ALLOWED, "Not a method for this path.", cause);
      case 406 ->
          new ProblemException(NOT_ACCEPTABLE, "No representation fits the Accept header.", cause);
      case 413 -> new ProblemException(REQUEST_TOO_LARGE, "The request is too large.", cause);
      case 415 -> mediaType(cause);
      case 429 -> new ProblemException(TOO_MANY_REQUESTS, "Too many requests; slow down.", cause);
      case 503 ->
          new ProblemException(SERVICE_UNAVAILABLE, "Not available; try again shortly.", cause);
      default -> unnamed(status, cause);
    };
  }

  private static ProblemException mediaType(@Nullable Throwable cause) {
    return new ProblemException(
        MEDIA_TYPE_UNSUPPORTED, "The Content-Type is not one that this path reads.", cause);
  }

  /**
   * Every 4xx, and the 5xx that HTTP gives to requests beyond a server's means, is the client's.
   */
  private static ProblemException unnamed(int status, @Nullable Throwable cause) {
    boolean clients = status < 500 || status == 501 || status == 505;
    return clients
        ? new ProblemException(
            REQUEST_MALFORMED,
            "The request line, a header or a parameter has a form that is refused here.",
            cause)
        : new ProblemException(INTERNAL_ERROR, "The request could not be completed.", cause);
  }

  /**
   * The client left, or sent chunks that are none: Tomcat's and Spring's own words for it. A broken
   * connection alone says nothing, for it may be one to the database.
   */
  static boolean isBrokenOff(Throwable thrown) {
    return causeOf(thrown, BadRequestException.class) != null
        || thrown instanceof AsyncRequestNotUsableException;
  }

  static ProblemException brokenOff(Throwable thrown) {
    String detail = "The body breaks off or is sent in a broken form.";
    return new ProblemException(REQUEST_MALFORMED, detail, thrown);
  }

  private static boolean isDatabaseAway(Throwable thrown) {
    return thrown instanceof DataAccessResourceFailureException
        || thrown instanceof TransientDataAccessException
        || thrown instanceof RecoverableDataAccessException
        || thrown instanceof CannotCreateTransactionException
        || thrown instanceof TransactionTimedOutException;
  }

  private static ProblemException body(HttpMessageNotReadableException unreadable) {
    JacksonException json = causeOf(unreadable, JacksonException.class);
    return json == null
        ? new ProblemException(
            REQUEST_MALFORMED, "The body is missing or cannot be read.", unreadable)
        : MalformedJson.explain(json);
  }

  private static ProblemException parameter(TypeMismatchException mismatch) {
    String name = Objects.requireNonNullElse(mismatch.getPropertyName(), "parameter");
    String shape = ExpectedShape.of(mismatch.getRequiredType());
    return malformed(name, "'" + name + "' must be " + shape + ".", mismatch);
  }

  private static ProblemException fields(BindException invalid) {
    FieldError error = invalid.getFieldError();
    if (error == null) {
      return of(REQUEST_MALFORMED.status(), invalid);
    }
    // The text of a failed conversion names our classes; the text of a constraint is our own.
    String text = error.isBindingFailure() ? "has a value of the wrong kind" : text(error);
    return malformed(error.getField(), "'" + error.getField() + "' " + text + ".", invalid);
  }

  private static ProblemException request(ErrorResponse refusal, Throwable thrown) {
    return switch (refusal) {
      case NoResourceFoundException _ -> of(NOT_FOUND.status(), thrown);
      case NoHandlerFoundException _ -> of(NOT_FOUND.status(), thrown);
      case HttpRequestMethodNotSupportedException e ->
          withHeader(of(e.getStatusCode().value(), e), e, HttpHeaders.ALLOW);
      case HttpMediaTypeNotSupportedException e ->
          withHeader(of(e.getStatusCode().value(), e), e, HttpHeaders.ACCEPT);
      case HttpMediaTypeNotAcceptableException e ->
          withHeader(of(e.getStatusCode().value(), e), e, HttpHeaders.ACCEPT);
      case MissingServletRequestParameterException e ->
          malformed(e.getParameterName(), missing("parameter", e.getParameterName()), e);
      case MissingRequestHeaderException e ->
          malformed(e.getHeaderName(), missing("header", e.getHeaderName()), e);
      case ServletRequestBindingException e -> of(REQUEST_MALFORMED.status(), e);
      case HandlerMethodValidationException e when e.getStatusCode().is4xxClientError() ->
          arguments(e);
      default -> of(refusal.getStatusCode().value(), thrown);
    };
  }

  private static String missing(String kind, String name) {
    return "The " + kind + " '" + name + "' is missing.";
  }

  private static ProblemException arguments(HandlerMethodValidationException invalid) {
    ParameterValidationResult first = invalid.getParameterValidationResults().getFirst();
    MessageSourceResolvable error = first.getResolvableErrors().getFirst();
    String name =
        error instanceof FieldError field
            ? field.getField()
            : Objects.requireNonNullElse(
                first.getMethodParameter().getParameterName(), "parameter");
    return malformed(name, "'" + name + "' " + text(error) + ".", invalid);
  }

  private static String text(MessageSourceResolvable error) {
    return Objects.requireNonNullElse(error.getDefaultMessage(), "is not accepted");
  }

  private static ProblemException malformed(String field, String detail, Throwable cause) {
    return new ProblemException(REQUEST_MALFORMED, detail, cause).with("field", field);
  }

  private static ProblemException withHeader(
      ProblemException problem, ErrorResponse refusal, String name) {
    for (String value : refusal.getHeaders().getValuesAsList(name)) {
      problem.withHeader(name, value);
    }
    return problem;
  }

  private static <T extends Throwable> @Nullable T causeOf(Throwable thrown, Class<T> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
