package io.firstcome.operator.registration;

/** What the api says to a question or a change. */
public sealed interface ApiAnswer {
  /** This is what it has now. */
  record Found(Registration registration) implements ApiAnswer {}

  /** It has no campaign of this name. */
  record Missing() implements ApiAnswer {}

  /** It will not do that; the sentence tells a person what to do instead. */
  record Refused(String code, String detail) implements ApiAnswer {}

  /** It does not answer, or not now; the outcome of a change is unknown. */
  record Away(String why) implements ApiAnswer {}
}
