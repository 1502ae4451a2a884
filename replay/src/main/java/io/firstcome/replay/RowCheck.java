package io.firstcome.replay;

import io.firstcome.core.rule.Decision;
import io.firstcome.core.rule.Request;
import io.firstcome.replay.Difference.Kind;
import io.firstcome.replay.Differences.Judged;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares a row with its record and with what the rule says. */
final class RowCheck {
  private RowCheck() {}

  /** Reports what the row says otherwise than the record. */
  static void compareRequest(Row row, LogEntry entry, Request request, Differences differences) {
    var user = request.userId();
    if (!row.userId().equals(user)) {
      differences.ofRow(Kind.USER, row, new Judged(user, user, row.userId()));
    }
    if (!Objects.equals(row.idempotencyKey(), request.idempotencyKey())) {
      differences.ofRow(
          Kind.IDEMPOTENCY_KEY,
          row,
          new Judged(user, request.idempotencyKey(), row.idempotencyKey()));
    }
    if (!row.loggedAt().equals(entry.loggedAt())) {
      differences.ofRow(
          Kind.LOGGED_AT,
          row,
          new Judged(user, entry.loggedAt().toString(), row.loggedAt().toString()));
    }
  }

  /** Reports at most one difference: the weightiest, with all of the decision on both sides. */
  static void compareDecision(
      Row row, Request request, Decision decision, boolean repeatable, Differences differences) {
    var kind = differing(row, request, decision, repeatable);
    if (kind == Kind.DEDUP_KEY) {
      differences.ofRow(
          kind,
          row,
          new Judged(request.userId(), oneLine(decision.dedupKey()), oneLine(row.dedupKey())));
    } else if (kind != null) {
      differences.ofRow(kind, row, new Judged(request.userId(), text(decision), text(row)));
    }
  }

  /** In which point the row is not what the rule says; null if in none. */
  static @Nullable Kind differing(Row row, Request request, Decision decision, boolean repeatable) {
    if (!row.outcome().equals(decision.outcome().name())) {
      return Kind.OUTCOME;
    }
    if (!Objects.equals(row.rank(), decision.rank() == 0 ? null : decision.rank())) {
      return Kind.RANK;
    }
    if (row.repeat() != decision.repeat()) {
      return Kind.REPEAT;
    }
    return hasDedupKey(row, request, decision, repeatable) ? null : Kind.DEDUP_KEY;
  }

  private static boolean hasDedupKey(
      Row row, Request request, Decision decision, boolean repeatable) {
    if (Objects.equals(row.dedupKey(), decision.dedupKey())) {
      return true;
    }
    // A row that names another user has that one's key: reported once, as the other user.
    var found = row.request();
    return decision.dedupKey() != null
        && found != null
        && !found.equals(request)
        && Objects.equals(row.dedupKey(), found.dedupKey(repeatable));
  }

  static String text(Decision decision) {
    return text(
        decision.outcome().name(),
        decision.rank() == 0 ? null : decision.rank(),
        decision.repeat());
  }

  private static String text(Row row) {
    return text(row.outcome(), row.rank(), row.repeat());
  }

  private static String text(String outcome, @Nullable Long rank, boolean repeat) {
    return outcome + (rank == null ? "" : " with rank " + rank) + (repeat ? ", a repeat" : "");
  }

  private static @Nullable String oneLine(@Nullable String key) {
    return key == null ? null : key.replace('\n', ' ');
  }
}
