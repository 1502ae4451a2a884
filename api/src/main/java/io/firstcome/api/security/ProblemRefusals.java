package io.firstcome.api.security;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.api.problem.ProblemWriter;
import io.firstcome.core.error.ErrorCode;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/** What Spring Security refuses, as problems. */
@Component
final class ProblemRefusals {
  private static final String BASIC = "Basic realm=\"firstcome\", charset=\"UTF-8\"";
  private static final String BEARER = "Bearer realm=\"firstcome\"";
  private static final String COOKIE = "Cookie realm=\"firstcome\", form-action=\"/sign-in\"";

  private final ProblemWriter writer;

  ProblemRefusals(ProblemWriter writer) {
    this.writer = writer;
  }

  /**
   * Asks for credentials in the ways that are open. A script in a browser is sent to the page: the
   * browser would answer {@code Basic} with a dialog of its own.
   */
  AuthenticationEntryPoint askForSignIn(boolean password, boolean token) {
    return (request, response, refusal) -> {
      ProblemException problem =
          new ProblemException(
              ErrorCode.UNAUTHORIZED, "Credentials are missing or wrong.", refusal);
      boolean script = "empty".equals(request.getHeader("Sec-Fetch-Dest"));
      if (script || !(password || token)) {
        problem.withHeader(HttpHeaders.WWW_AUTHENTICATE, COOKIE);
      }
      if (password && !script) {
        problem.withHeader(HttpHeaders.WWW_AUTHENTICATE, BASIC);
      }
      if (token) {
        // RFC 6750 section 3.1: the error is named only if a token was sent.
        boolean sent = refusal instanceof OAuth2AuthenticationException;
        problem.withHeader(
            HttpHeaders.WWW_AUTHENTICATE, sent ? BEARER + ", error=\"invalid_token\"" : BEARER);
      }
      writer.write(request, response, problem);
    };
  }

  AccessDeniedHandler roleMissing() {
    return (request, response, refusal) ->
        writer.write(
            request,
            response,
            new ProblemException(ErrorCode.FORBIDDEN, "This needs the role ADMIN.", refusal));
  }

  /** A change without the token of our pages; the cookie alone may have been sent by anybody. */
  AccessDeniedHandler forgedOrRoleMissing() {
    return (request, response, refusal) -> {
      var detail =
          refusal instanceof CsrfException
              ? "The page is too old for this: load it again."
              : "This needs the role ADMIN.";
      writer.write(request, response, new ProblemException(ErrorCode.FORBIDDEN, detail, refusal));
    };
  }

  /** Paths that nobody may call look like paths that do not exist, signed in or not. */
  AuthenticationEntryPoint nothingHereForAnyone() {
    return (request, response, refusal) -> writer.write(request, response, nothingHere(refusal));
  }

  AccessDeniedHandler nothingHere() {
    return (request, response, refusal) -> writer.write(request, response, nothingHere(refusal));
  }

  RequestRejectedHandler rejected() {
    return (request, response, refusal) ->
        writer.write(
            request,
            response,
            new ProblemException(
                ErrorCode.REQUEST_MALFORMED,
                "The method, the path or a header has a form that is refused here.",
                refusal));
  }

  private static ProblemException nothingHere(Exception refusal) {
    return new ProblemException(ErrorCode.NOT_FOUND, "Nothing is served at this path.", refusal);
  }
}
