package io.firstcome.bench.baseline;

import java.util.List;

/** What B2 decides with. */
public final class RedisScript {
  /** Returns -1: has taken part before, 0: nothing is left, 1: is in. */
  public static final String DECIDE =
      """
      if redis.call('SADD', KEYS[2], ARGV[1]) == 0 then return -1 end
      local remaining = redis.call('DECR', KEYS[1])
      if remaining < 0 then redis.call('SET', KEYS[1], '0') return 0 end
      return 1\
      """;

  private RedisScript() {}

  /** The keys of a campaign: what remains, and who has taken part. */
  public static List<String> keys(long campaign) {
    return List.of("stock:" + campaign, "users:" + campaign);
  }
}
