package io.firstcome.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests at planned times, whatever became of those before, and measures from the planned
 * time: a server that stands still for a second shows it in every request that was due in this
 * second (open model). One thread on sockets that do not block, so that little of the machine goes
 * into it.
 */
final class OpenLoop {
  private static final int CONNECTIONS_MAX = 1_000;
  private static final int ANSWER_BYTES_MAX = 16 * 1024;
  private static final long SPIN_NANOS = 1_500_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final InetSocketAddress server;
  private final IntFunction<String> requests;
  private final FollowUp followUp;
  private final PriorityQueue<Shot> planned =
      new PriorityQueue<>(Comparator.comparingLong(Shot::due));
  private final Deque<Shot> ready = new ArrayDeque<>();
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Outcome outcome = new Outcome();
  private int connections;
  private int unfinished;

  /** What a participant does with an answer. */
  interface FollowUp {
    /** Everybody is content with the first answer. */
    FollowUp NONE = (status, body) -> null;

    /** The next request of this participant, or null when this one has learned the result. */
    @Nullable Next after(int status, String body);
  }

  /** A request to send after a pause. */
  record Next(Duration pause, String request) {}

  /**
   * What came of it; times in microseconds from the planned start of the participant's first
   * request.
   */
  static final class Outcome {
    /** Of the first answer, if it was a success. */
    final Histogram first = new Histogram(3);

    /**
     * Of the answer that ended it, if all before it were successes as well; of those who were still
     * waiting at the end, the time that they had.
     */
    final Histogram last = new Histogram(3);

    /** How long after their planned time requests were sent: the sender's own delay. */
    final Histogram late = new Histogram(3);

    int succeeded;
    int refused;
    int failed;
    double seconds;

    /** What the sender itself has spent on the processors. */
    Duration cpu = Duration.ZERO;

    /** What went wrong first, for whoever has to find out why. */
    @Nullable String firstProblem;

    private void problem(String problem) {
      if (firstProblem == null) {
        firstProblem = problem;
      }
    }

    /** Successes a second. */
    double rate() {
      return succeeded / seconds;
    }

    int all() {
      return succeeded + refused + failed;
    }
  }

  private record Shot(long due, long start, boolean isFirst, String request) {}

  private static final class Connection {
    final SocketChannel channel;
    final ByteBuffer in = ByteBuffer.allocate(ANSWER_BYTES_MAX);
    @Nullable ByteBuffer out;
    @Nullable Shot shot;

    Connection(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private OpenLoop(int port, IntFunction<String> requests, FollowUp followUp) {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.requests = requests;
    this.followUp = followUp;
  }

  /** When each of so many requests is due, in nanoseconds after the start. */
  record Plan(int count, IntToLongFunction due) {
    static Plan rate(double perSecond, double seconds) {
      return new Plan((int) (perSecond * seconds), i -> (long) (i * 1e9 / perSecond));
    }

    static Plan atOnce(int count) {
      return new Plan(count, i -> 0);
    }
  }

  /**
   * Sends what is planned and waits until the last participant is through.
   *
   * @param patience how long after the last planned time; who is not through by then has failed
   */
  static Outcome run(
      int port, Plan plan, IntFunction<String> requests, FollowUp followUp, Duration patience) {
    try {
      return new OpenLoop(port, requests, followUp).run(plan, patience);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome run(Plan plan, Duration patience) throws IOException {
    long spent = THREADS.getCurrentThreadCpuTime();
    try (var selector = Selector.open()) {
      long start = System.nanoTime() + 2_000_000;
      for (int i = 0; i < plan.count(); i++) {
        long due = start + plan.due().applyAsLong(i);
        planned.add(new Shot(due, due, true, requests.apply(i)));
      }
      unfinished = plan.count();
      long lastDue = start + plan.due().applyAsLong(plan.count() - 1);
      while (unfinished > 0 && System.nanoTime() < lastDue + patience.toNanos()) {
        sendDue(selector);
        await(selector);
        for (var key : selector.selectedKeys()) {
          progress(key);
        }
        selector.selectedKeys().clear();
      }
      outcome.seconds = (Math.max(System.nanoTime(), lastDue) - start) / 1e9;
      if (unfinished > 0) {
        outcome.problem("no answer in time");
        outcome.failed += unfinished;
        // Who does not know at the end has waited at least until now.
        outcome.last.recordValueWithCount(patience.toMillis() * 1000, unfinished);
      }
      for (var key : selector.keys()) {
        key.channel().close();
      }
    }
    outcome.cpu = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - spent);
    return outcome;
  }

  private void sendDue(Selector selector) throws IOException {
    long now = System.nanoTime();
    for (var next = planned.peek(); next != null && next.due() <= now; next = planned.peek()) {
      ready.add(planned.remove());
    }
    while (!ready.isEmpty()) {
      var connection = idle.poll();
      if (connection == null) {
        if (connections == CONNECTIONS_MAX) {
          return;
        }
        connection = connect(selector);
      }
      connection.shot = ready.remove();
      connection.out =
          ByteBuffer.wrap(connection.shot.request().getBytes(StandardCharsets.US_ASCII));
      connection.in.clear();
      if (connection.channel.isConnected()) {
        write(connection, connection.channel.keyFor(selector));
      }
    }
  }

  private Connection connect(Selector selector) throws IOException {
    var channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    var connection = new Connection(channel);
    connections++;
    boolean connected = channel.connect(server);
    channel.register(
        selector, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT, connection);
    return connection;
  }

  /** Sleeps in the kernel while nothing is due soon, and more finely shortly before. */
  private void await(Selector selector) throws IOException {
    var next = planned.peek();
    long wait = next == null ? 50_000_000 : next.due() - System.nanoTime();
    if (wait > SPIN_NANOS) {
      selector.select(wait / 1_000_000);
    } else if (selector.selectNow() == 0 && wait > 0) {
      LockSupport.parkNanos(Math.min(wait, 100_000));
      selector.selectNow();
    }
  }

  private void progress(SelectionKey key) throws IOException {
    var connection = (Connection) key.attachment();
    try {
      if (key.isConnectable() && connection.channel.finishConnect()) {
        write(connection, key);
      } else if (key.isWritable()) {
        write(connection, key);
      } else if (key.isReadable()) {
        read(connection, key);
      }
    } catch (IOException e) {
      lost(connection, e.toString());
    }
  }

  private void write(Connection connection, SelectionKey key) throws IOException {
    var out = connection.out;
    var shot = connection.shot;
    if (out != null && shot != null) {
      if (out.position() == 0) {
        outcome.late.recordValue(Math.max(0, System.nanoTime() - shot.due()) / 1000);
      }
      connection.channel.write(out);
    }
    key.interestOps(
        out != null && out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  private void read(Connection connection, SelectionKey key) throws IOException {
    int count = connection.channel.read(connection.in);
    if (count < 0) {
      lost(connection, "the server closed the connection");
      key.cancel();
      return;
    }
    var answer = Answer.of(connection.in);
    var shot = connection.shot;
    if (answer == null || shot == null) {
      return;
    }
    connection.shot = null;
    finished(shot, answer);
    if (answer.closes()) {
      connections--;
      connection.channel.close();
    } else {
      idle.push(connection);
    }
  }

  private void finished(Shot shot, Answer answer) {
    long now = System.nanoTime();
    long micros = (now - shot.start()) / 1000;
    if (answer.status() >= 300) {
      outcome.refused++;
      outcome.problem(answer.status() + " " + answer.body());
      unfinished--;
      return;
    }
    if (shot.isFirst()) {
      outcome.first.recordValue(micros);
    }
    var next = followUp.after(answer.status(), answer.body());
    if (next == null) {
      outcome.last.recordValue(micros);
      outcome.succeeded++;
      unfinished--;
    } else {
      planned.add(new Shot(now + next.pause().toNanos(), shot.start(), false, next.request()));
    }
  }

  /** A connection that broke; a participant who was waiting for an answer has failed. */
  private void lost(Connection connection, String problem) throws IOException {
    connections--;
    idle.remove(connection);
    connection.channel.close();
    if (connection.shot != null) {
      connection.shot = null;
      outcome.problem(problem);
      outcome.failed++;
      unfinished--;
    }
  }

  /** An answer that has come whole: of a known length, or in chunks. */
  private record Answer(int status, String body, boolean closes) {
    static @Nullable Answer of(ByteBuffer in) {
      var text = StandardCharsets.ISO_8859_1.decode(in.duplicate().flip()).toString();
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return null;
      }
      var head = text.substring(0, end + 2).toLowerCase(Locale.ROOT);
      var body = text.substring(end + 4);
      int status = Integer.parseInt(head.substring(9, 12));
      boolean closes = head.startsWith("http/1.0") || head.contains("\r\nconnection: close\r\n");
      int length = head.indexOf("\r\ncontent-length: ");
      boolean isWhole = status == 204 || body.endsWith("0\r\n\r\n");
      if (length >= 0) {
        int start = length + "\r\ncontent-length: ".length();
        isWhole = body.length() >= Integer.parseInt(head, start, head.indexOf('\r', start), 10);
      }
      return isWhole ? new Answer(status, body, closes) : null;
    }
  }
}
