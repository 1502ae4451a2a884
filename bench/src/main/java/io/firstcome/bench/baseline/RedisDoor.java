package io.firstcome.bench.baseline;

import io.firstcome.bench.baseline.Answers.Asked;
import io.firstcome.bench.baseline.Answers.Taken;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.RedisClient;

/**
 * B2: a script in Redis decides and the answer goes out; the rows are written behind it, one by
 * one. What Redis or this process forgets in between is lost, which is the price of this design.
 */
@RestController
class RedisDoor implements DisposableBean {
  private static final Logger log = LoggerFactory.getLogger(RedisDoor.class);

  private static final int CONNECTIONS = 64;

  private record Row(long campaign, String user, String outcome) {}

  private final RedisClient redis;
  private final String script;
  private final DataSource dataSource;
  private final LinkedBlockingQueue<Row> behind = new LinkedBlockingQueue<>();
  private final Thread writer;

  RedisDoor(DataSource dataSource) {
    this.dataSource = dataSource;
    var pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS);
    pool.setMaxIdle(CONNECTIONS);
    // All of them from the start and for good: while one is made, all who wait are woken and queue
    // again. A crowd after a quiet minute waited for half a minute.
    pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
    int port = Integer.parseInt(Objects.requireNonNull(System.getenv("BENCH_REDIS_PORT")));
    redis = RedisClient.builder().hostAndPort("127.0.0.1", port).poolConfig(pool).build();
    redis.getPool().addObjects(CONNECTIONS);
    script = redis.scriptLoad(RedisScript.DECIDE);
    writer = Thread.ofPlatform().daemon().name("write-behind").start(this::writeBehind);
  }

  @PostMapping("/api/campaigns/{campaign}/participation")
  Taken participate(@PathVariable long campaign, @RequestBody Asked asked) {
    var keys = RedisScript.keys(campaign);
    var rank = (Long) redis.evalsha(script, keys, List.of(asked.userId()));
    var outcome = rank == 0 ? "OUT_OF_STOCK" : rank == -1 ? "ALREADY_ISSUED" : "SUCCESS";
    if (rank != -1) {
      behind.add(new Row(campaign, asked.userId(), outcome));
    }
    return new Taken(asked.userId(), outcome);
  }

  private void writeBehind() {
    try (var connection = dataSource.getConnection()) {
      while (!Thread.currentThread().isInterrupted()) {
        var row = behind.poll(1, TimeUnit.SECONDS);
        if (row != null) {
          SyncDoor.keep(connection, row.campaign(), row.user(), row.outcome());
          connection.commit();
        }
      }
    } catch (SQLException e) {
      log.error("Nothing is written behind any more", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void destroy() {
    writer.interrupt();
    redis.close();
  }
}
