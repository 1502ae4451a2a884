package io.firstcome.replay;

import io.firstcome.core.rule.Decision;
import io.firstcome.core.rule.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One partition of the campaign, and how far its records and rows have been compared. */
final class Line {
  /** So many records of the campaign are looked at together at most. */
  static final int OWN_MAX = 1_000;

  private final int part;
  private final long start;
  private final long end;
  private final long next;
  private final SortedMap<Long, Long> deadLetters;
  private final SortedMap<Long, Long> deadLettersNotSeen;
  private final Deque<Own> own = new ArrayDeque<>();

  /** Decided at their place in the log, but their rows come later than they should. */
  private final Map<Long, Late> late = new HashMap<>();

  /** Rows that have come before their time, by offset. */
  private final Map<Long, Row> early = new HashMap<>();

  private long lastOffset = -1;
  private long firstOwnWithRow = -1;

  /** A request of the campaign that has been read but not compared yet. */
  record Own(LogEntry entry, Request request) {
    long offset() {
      return entry.offset();
    }
  }

  /** A request that the rule has decided before its row came. */
  record Late(Own own, Decision decision) {}

  /**
   * @param log what Kafka still has of it
   * @param next the offset up to which the tables say that all is decided
   * @param deadLetters from {@code start} on, their campaigns by offset
   */
  Line(int part, TopicEnds.Ends log, long next, SortedMap<Long, Long> deadLetters) {
    this.part = part;
    this.start = log.start();
    this.end = log.end();
    this.next = next;
    this.deadLetters = deadLetters;
    this.deadLettersNotSeen = new TreeMap<>(deadLetters);
  }

  int part() {
    return part;
  }

  long start() {
    return start;
  }

  long end() {
    return end;
  }

  long next() {
    return next;
  }

  boolean hasDeadLetter(long offset) {
    return deadLetters.containsKey(offset);
  }

  /** The highest offset inside the log that is a dead letter; -1 if none is. */
  long highestDeadLetter() {
    var inLog = deadLetters.headMap(end);
    return inLog.isEmpty() ? -1 : inLog.lastKey();
  }

  SortedMap<Long, Long> deadLettersNotSeen() {
    return deadLettersNotSeen;
  }

  /** A record has been read. */
  void seen(long offset) {
    deadLettersNotSeen.remove(offset);
  }

  Deque<Own> own() {
    return own;
  }

  boolean isFull() {
    return own.size() >= OWN_MAX;
  }

  /** The campaign's requests below an offset that have been read and not compared. */
  List<Own> ownBelow(long offset) {
    var below = new ArrayList<Own>();
    for (var one : own) {
      if (one.offset() >= offset) {
        break;
      }
      below.add(one);
    }
    return below;
  }

  /** Forgets what was read below an offset. */
  void dropBelow(long offset) {
    while (!own.isEmpty() && own.getFirst().offset() < offset) {
      own.removeFirst();
    }
  }

  Map<Long, Late> late() {
    return late;
  }

  Map<Long, Row> early() {
    return early;
  }

  /** Whether a row stands behind one with a higher offset; remembers the highest. */
  boolean isBehind(long offset) {
    boolean behind = offset < lastOffset;
    lastOffset = Math.max(lastOffset, offset);
    return behind;
  }

  /** Whether it is known that the first request read and not compared has its row. */
  boolean isFirstOwnWithRow() {
    var first = own.peek();
    return first != null && first.offset() == firstOwnWithRow;
  }

  void firstOwnHasRow() {
    var first = own.peek();
    firstOwnWithRow = first == null ? -1 : first.offset();
  }

  @Nullable Own first() {
    return own.peek();
  }
}
