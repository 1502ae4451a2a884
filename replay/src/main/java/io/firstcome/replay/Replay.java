package io.firstcome.replay;

import io.firstcome.core.rule.Decision;
import io.firstcome.core.rule.Request;
import io.firstcome.replay.Difference.Kind;
import io.firstcome.replay.Line.Late;
import io.firstcome.replay.Line.Own;
import io.firstcome.replay.Snapshot.CampaignRow;
import io.firstcome.replay.Snapshot.Range;
import io.firstcome.replay.Snapshot.StockChange;
import io.firstcome.replay.Step.Growth;
import io.firstcome.replay.Step.Skipped;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One replay. The rows are walked by id, which is the order of the decisions, and each partition is
 * read beside them. Before the row of a place is compared, what its partition has below that place
 * is decided too, whether it has a row or not: so what a row was decided on is known, and one
 * changed row makes one difference.
 */
final class Replay {
  // Where a missing decision stood among those of other partitions is tried out, but not for ever.
  private static final int TRIED_A_PARTITION_MAX = 20;

  private final Snapshot tables;
  private final CampaignRow campaign;
  private final Log log;
  private final SortedMap<Integer, Line> lines;
  private final RuleState rule;
  private final Deque<StockChange> growths;
  private final Differences differences = new Differences();
  private long replayed;
  private long notInLog;

  Replay(Snapshot tables, CampaignRow campaign, Log log, SortedMap<Integer, Line> lines)
      throws SQLException {
    this.tables = tables;
    this.campaign = campaign;
    this.log = log;
    this.lines = lines;
    this.growths = new ArrayDeque<>(tables.stockChanges(campaign.id()));
    var firstGrowth = growths.peek();
    long stock = firstGrowth == null ? campaign.totalStock() : firstGrowth.before();
    this.rule = new RuleState(campaign.repeatable(), Math.max(1, stock));
  }

  ReplayReport run() throws SQLException {
    var rows = RowPages.of(tables, campaign.id());
    for (var row = rows.next(); row != null; row = rows.next()) {
      judge(row);
    }
    decideTheRest();
    checkCounters();
    for (var line : lines.values()) {
      checkLine(line);
    }
    return new ReplayReport(
        campaign.id(),
        campaign.name(),
        replayed,
        notInLog,
        differences.count() == 0,
        differences.count(),
        differences.first());
  }

  private void judge(Row row) throws SQLException {
    if (row.isWithoutLog()) {
      judgeByTable(row);
      return;
    }
    var part = row.part();
    var offset = row.offset();
    var line = part == null ? null : lines.get(part);
    if (line == null || offset == null || !isCampaignsTopic(row.topicId())) {
      differences.ofRow(Kind.ROW_ELSEWHERE, row, null, null);
    } else if (offset < line.start()) {
      if (line.isBehind(offset)) {
        differences.ofRow(Kind.ORDER, row, null, null);
      }
      judgeByTable(row);
    } else {
      judgeByLog(row, line, offset);
    }
  }

  private boolean isCampaignsTopic(@Nullable Integer topicId) {
    return topicId != null && topicId == campaign.topicId();
  }

  /** The log does not have it: the request is what the row says. */
  private void judgeByTable(Row row) throws SQLException {
    var request = row.request();
    if (request == null) {
      differences.ofRow(Kind.ROW_UNREADABLE, row, null, null);
      return;
    }
    notInLog++;
    compare(row, request, decide(row, request, null, List.of()));
  }

  private void judgeByLog(Row row, Line line, long offset) throws SQLException {
    var late = line.late().remove(offset);
    if (late != null) {
      differences.ofRow(Kind.ORDER, row, null, null);
      compareAll(row, line, late.own(), late.decision());
      return;
    }
    if (offset >= line.end()) {
      differences.ofRow(Kind.ROW_NOT_IN_LOG, row, "no record", null);
      return;
    }
    var foreign = readTo(line, offset);
    var skipped = classify(line, line.ownBelow(offset));
    if (isBeforeItsTime(line, offset, skipped)) {
      differences.ofRow(Kind.ORDER, row, null, null);
      line.early().put(offset, row);
      return;
    }
    while (line.isFull() && line.own().getLast().offset() < offset) {
      skipped.forEach(this::take);
      line.dropBelow(offset);
      foreign = readTo(line, offset);
      skipped = classify(line, line.ownBelow(offset));
    }
    var own = line.own().stream().filter(one -> one.offset() == offset).findFirst().orElse(null);
    if (own == null) {
      var expected = foreign == null ? "no request of this campaign" : foreign.description();
      differences.ofRow(Kind.ROW_NOT_IN_LOG, row, expected, null);
      return;
    }
    var decision = decide(row, own.request(), line, skipped);
    line.dropBelow(offset + 1);
    compareAll(row, line, own, decision);
  }

  /**
   * Reads the partition up to and with this offset, or until enough requests are at hand.
   *
   * @return the record there, if it is none of the campaign's
   */
  private @Nullable LogEntry readTo(Line line, long offset) {
    while (!line.isFull()) {
      var entry = log.peek(line.part());
      if (entry == null || entry.offset() > offset) {
        break;
      }
      log.take(line.part());
      line.seen(entry.offset());
      var request = entry.requestTo(campaign.id());
      if (request != null) {
        line.own().add(new Own(entry, request));
      } else if (entry.offset() == offset) {
        return entry;
      } else {
        checkForeign(line, entry);
      }
    }
    return null;
  }

  /** On a lane other campaigns have their requests; all else must be among the dead letters. */
  private void checkForeign(Line line, LogEntry entry) {
    boolean othersRequest = campaign.lanePart() != null && entry.message() != null;
    if (!othersRequest && entry.offset() < line.next() && !line.hasDeadLetter(entry.offset())) {
      differences.ofPlace(
          line.part(), entry.offset(), Kind.DEAD_LETTER_MISSING, null, entry.description());
    }
  }

  /** Those among the requests that were decided, or should have been. */
  private List<Skipped> classify(Line line, List<Own> requests) throws SQLException {
    var skipped = new ArrayList<Skipped>();
    if (requests.isEmpty()) {
      return skipped;
    }
    var range =
        new Range(
            campaign.topicId(),
            line.part(),
            requests.getFirst().offset(),
            requests.getLast().offset() + 1);
    var ids = tables.idsAt(campaign.id(), range);
    for (var own : requests) {
      var rowId = ids.get(own.offset());
      boolean due = own.offset() < line.next() && !line.hasDeadLetter(own.offset());
      if (rowId != null || due) {
        skipped.add(new Skipped(line, own, rowId, line.early().get(own.offset())));
      }
    }
    return skipped;
  }

  /**
   * Of a row that others of its partition come behind, although their offsets are lower: whether
   * this one is too early (the lower offsets go on right after it), or those are too late.
   */
  private boolean isBeforeItsTime(Line line, long offset, List<Skipped> skipped)
      throws SQLException {
    var firstLate = skipped.stream().filter(Skipped::isLate).findFirst();
    if (firstLate.isEmpty()) {
      return false;
    }
    var above = new Range(campaign.topicId(), line.part(), offset, line.end());
    return Objects.requireNonNull(firstLate.get().rowId()) < tables.idAfter(campaign.id(), above);
  }

  /** Decides what came before the row, then the row's request. */
  private Decision decide(Row row, Request request, @Nullable Line line, List<Skipped> skipped)
      throws SQLException {
    var growth = dueGrowth(row.id());
    if (growth.isEmpty() && skipped.isEmpty()) {
      var decision = rule.peek(request);
      if (agrees(row, request, decision)) {
        rule.accept(request, decision);
        replayed++;
        return decision;
      }
    }
    for (var step : stepsBefore(row, request, line, List.of(growth, skipped))) {
      take(step);
    }
    return decide(request);
  }

  private boolean agrees(Row row, Request request, Decision decision) {
    return RowCheck.differing(row, request, decision, campaign.repeatable()) == null;
  }

  private Decision decide(Request request) {
    replayed++;
    return rule.decide(request);
  }

  /**
   * Of all orders in which the steps may have been made, the first with which the row agrees. What
   * has no row has left no trace of when it was decided: before or after the stock grew, before or
   * after a request of another partition.
   *
   * @param known growths and skipped requests of the row's own partition
   */
  private List<Step> stepsBefore(
      Row row, Request request, @Nullable Line line, List<List<? extends Step>> known)
      throws SQLException {
    List<Step> usual = known.stream().<Step>flatMap(List::stream).toList();
    if (agreesAfter(usual, row, request)) {
      return usual;
    }
    List<Step> reversed = known.reversed().stream().<Step>flatMap(List::stream).toList();
    if (agreesAfter(reversed, row, request)) {
      return reversed;
    }
    var elsewhere = missingElsewhere(line);
    for (int count = 1; count <= elsewhere.size(); count++) {
      var steps = Stream.concat(usual.stream(), elsewhere.stream().limit(count)).toList();
      if (agreesAfter(steps, row, request)) {
        return steps;
      }
    }
    return usual;
  }

  private boolean agreesAfter(List<Step> steps, Row row, Request request) {
    return agrees(row, request, trial(steps).peek(request));
  }

  private RuleState trial(List<? extends Step> steps) {
    var trial = rule.trial();
    for (var step : steps) {
      switch (step) {
        case Growth(var change) -> trial.growTo(change.after());
        case Skipped skipped -> trial.decide(skipped.own().request());
      }
    }
    return trial;
  }

  /** The requests without a row that stand next in the other partitions. */
  private List<Step> missingElsewhere(@Nullable Line except) throws SQLException {
    var missing = new ArrayList<Step>();
    for (var line : lines.values()) {
      if (line == except || line.isFirstOwnWithRow()) {
        continue;
      }
      readAhead(line);
      for (var one : classify(line, line.ownBelow(line.next()))) {
        if (!one.isMissing()) {
          if (one.own().equals(line.first())) {
            line.firstOwnHasRow();
          }
          break;
        }
        missing.add(one);
      }
    }
    return missing;
  }

  private void readAhead(Line line) {
    while (line.own().size() < TRIED_A_PARTITION_MAX) {
      var entry = log.peek(line.part());
      // A record that is none of the campaign's is left for when its place has come.
      if (entry == null || entry.requestTo(campaign.id()) == null) {
        break;
      }
      readTo(line, entry.offset());
    }
  }

  private List<Growth> dueGrowth(long rowId) {
    var due = new ArrayList<Growth>();
    for (var next = growths.peek(); next != null && next.afterId() < rowId; next = growths.peek()) {
      due.add(new Growth(growths.remove()));
    }
    return due;
  }

  private void take(Step step) {
    switch (step) {
      case Growth(var change) -> grow(change);
      case Skipped skipped -> take(skipped);
    }
  }

  private void grow(StockChange change) {
    if (change.before() != rule.totalStock() || change.after() <= change.before()) {
      differences.ofCampaign(
          Kind.STOCK_HISTORY,
          Long.toString(rule.totalStock()),
          "%d to %d".formatted(change.before(), change.after()));
    }
    rule.growTo(change.after());
  }

  private void take(Skipped skipped) {
    var line = skipped.line();
    var own = skipped.own();
    line.own().remove(own);
    var decision = decide(own.request());
    if (skipped.earlyRow() != null) {
      line.early().remove(own.offset());
      compareAll(skipped.earlyRow(), line, own, decision);
    } else if (skipped.isMissing()) {
      differences.ofPlace(
          line.part(),
          own.offset(),
          Kind.ROW_MISSING,
          own.request().userId(),
          RowCheck.text(decision));
    } else {
      line.late().put(own.offset(), new Late(own, decision));
    }
  }

  private void compareAll(Row row, Line line, Own own, Decision decision) {
    if (line.hasDeadLetter(own.offset())) {
      differences.ofRow(Kind.ROW_AND_DEAD_LETTER, row, null, null);
    }
    RowCheck.compareRequest(row, own.entry(), own.request(), differences);
    compare(row, own.request(), decision);
  }

  private void compare(Row row, Request request, Decision decision) {
    RowCheck.compareDecision(row, request, decision, campaign.repeatable(), differences);
  }

  /** What stands behind the last row. */
  private void decideTheRest() throws SQLException {
    var rest = new ArrayList<Skipped>();
    for (var line : lines.values()) {
      readTo(line, Long.MAX_VALUE);
      rest.addAll(classify(line, line.ownBelow(Long.MAX_VALUE)));
    }
    var growth = dueGrowth(Long.MAX_VALUE);
    List<Step> growthFirst =
        Stream.concat(growth.stream(), rest.stream()).<Step>map(s -> s).toList();
    boolean grewBefore = trial(growthFirst).remaining() == campaign.remaining();
    if (grewBefore) {
      growth.forEach(this::take);
    }
    rest.forEach(this::take);
    for (var line : lines.values()) {
      decideTheRest(line);
    }
    if (!grewBefore) {
      growth.forEach(this::take);
    }
  }

  private void decideTheRest(Line line) throws SQLException {
    line.dropBelow(Long.MAX_VALUE);
    readTo(line, Long.MAX_VALUE);
    while (!line.own().isEmpty()) {
      classify(line, line.ownBelow(Long.MAX_VALUE)).forEach(this::take);
      line.dropBelow(Long.MAX_VALUE);
      readTo(line, Long.MAX_VALUE);
    }
    for (var row : line.early().values()) {
      differences.ofRow(Kind.ROW_NOT_IN_LOG, row, null, null);
    }
  }

  private void checkCounters() {
    check(Kind.TOTAL_STOCK, rule.totalStock(), campaign.totalStock());
    check(Kind.REMAINING, rule.remaining(), campaign.remaining());
    check(Kind.FAILED, rule.failed(), campaign.failed());
  }

  private void check(Kind kind, long expected, long found) {
    if (expected != found) {
      differences.ofCampaign(kind, Long.toString(expected), Long.toString(found));
    }
  }

  private void checkLine(Line line) throws SQLException {
    long highestRow = tables.highestOffset(campaign.topicId(), line.part(), line.end());
    long decided = Math.max(highestRow, line.highestDeadLetter()) + 1;
    long atLeast = Math.max(decided, line.start());
    if (line.next() < atLeast || line.next() > line.end()) {
      var expected = line.next() < atLeast ? "at least " + atLeast : "at most " + line.end();
      differences.add(
          new Difference(
              Kind.NEXT_OFFSET,
              line.part(),
              null,
              null,
              null,
              expected,
              Long.toString(line.next())));
    }
    for (var letter : line.deadLettersNotSeen().entrySet()) {
      long of = letter.getValue();
      if (campaign.lanePart() == null || of == 0 || of == campaign.id()) {
        differences.ofPlace(
            line.part(), letter.getKey(), Kind.DEAD_LETTER_NOT_IN_LOG, null, "no record");
      }
    }
  }
}
