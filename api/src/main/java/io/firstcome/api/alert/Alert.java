package io.firstcome.api.alert;

/**
 * A problem that somebody must hear of, once.
 *
 * @param problem the same for the same problem, at most 100 ASCII characters
 * @param title one line of at most 300 characters
 * @param details lines that say all that is known, and the link
 * @param link where to look or what to call, at most 500 characters
 */
record Alert(String problem, AlertKind kind, String title, String details, String link) {}
