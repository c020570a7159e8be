package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.auth.spi.SessionRules.Decision;
import com.techcorp.auth.spi.SessionRules.Generations;
import com.techcorp.contracts.RotationCase;
import com.techcorp.redis.RedisOptions;
import com.techcorp.redis.TestRedis;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script that presents a token decides as {@code SessionRules} does, to the millisecond. */
class SessionScriptsIT {
  private static final String HASH = "h".repeat(43);
  private static final String NEXT = "n".repeat(43);
  private static final String REPLACEMENT = "r".repeat(43);
  private static final String CREATED = "2024-06-15T11:00:00.123Z";
  private static final long FAR = 4_102_444_800_000L; // 2100
  private static final List<String> DEVICES =
      List.of(
          "{}",
          "[]",
          "{\"a\":[],\"b\":{},\"c\":[[],{}]}",
          "{\"serial\":12345678901234567890,\"x\":-0.10000000000000000555}",
          "{\"name\":\"\u00E9\u4F60\uD83D\uDE00\",\"y\":\"\\u0000\\/\"}",
          "{\"x\":\",\\\"device_info\\\":\",\"device_info\":{\"v\":2}}",
          " {\n\"a\" : 1e400 }\r\n");

  private static final RedisOptions OPTIONS = TestRedis.ownPrefix();
  private static final String CLOCK = "redis.call('TIME')";
  private static final Script ROTATE = Script.of("session", "session_rotate");

  private final TestRedis redis = TestRedis.server();

  @AfterAll
  static void clear() {
    TestRedis.server().clear(OPTIONS);
  }

  @Test
  @Tag("T56")
  void decidesAsTheRulesDoIn500Cases() {
    assertThat(wrong(ROTATE, new Random().nextLong(), 500)).isEmpty();
  }

  @Test
  @Tag("T56")
  @Tag("soak")
  void decidesAsTheRulesDoIn10000Cases() {
    assertThat(wrong(ROTATE, new Random().nextLong(), 10_000)).isEmpty();
  }

  /** Each is one mistake. */
  static Map<String, String> mistakes() {
    return Map.of(
        "presented >= session.generation", "presented == session.generation",
        "time <= session.rotated", "time < session.rotated",
        "presented == session.previous", "presented <= session.previous",
        "rotate(presented + 1, ARGV[2])", "rotate(session.generation + 1, ARGV[2])",
        "rotate(session.generation + 1, ARGV[4])", "rotate(presented + 1, ARGV[4])",
        "session.previous = presented", "session.previous = session.generation",
        "session.rotated = time", "session.rotated = session.rotated",
        "ARGV[6] == '1'", "ARGV[6] == '0'",
        "redis.call('DEL', KEYS[1])\nreturn { 'REUSED'", "return { 'REUSED'");
  }

  static List<String> mistaken() {
    return List.copyOf(mistakes().keySet());
  }

  @ParameterizedTest
  @MethodSource("mistaken")
  void findsAMistake(String right) {
    String wrong = ROTATE.source().replace(right, mistakes().get(right));
    assertThat(wrong).isNotEqualTo(ROTATE.source());
    assertThat(wrong(Script.ofSource(wrong), 42, 500)).isNotEmpty();
  }

  /** The cases in which a script does something else than the rules say. */
  private List<RotationCase> wrong(Script script, long seed, int count) {
    System.out.println("SessionScriptsIT: " + count + " cases, seed " + seed);
    assertThat(script.source()).contains(CLOCK);
    Script timed = Script.ofSource(script.source().replace(CLOCK, "{ ARGV[7], ARGV[8] }"));
    Random random = new Random(seed);
    return RotationCase.draw(seed, count).stream()
        .filter(each -> !decides(timed, each, DEVICES.get(random.nextInt(DEVICES.size()))))
        .toList();
  }

  private boolean decides(Script script, RotationCase drawn, String device) {
    // given
    String user = UUID.randomUUID().toString();
    String key = OPTIONS.prefix() + UUID.randomUUID();
    Generations before = drawn.before();
    redis.commands().set(key, json(user, HASH, before, device));

    // when
    long now = drawn.now().toEpochMilli();
    ScriptReply reply =
        redis
            .servers()
            .run(
                ScriptCall.of(
                    script,
                    key,
                    Integer.toString(drawn.presented()),
                    NEXT,
                    Integer.toString(before.current()),
                    REPLACEMENT,
                    Long.toString(drawn.grace().toMillis()),
                    drawn.lostReplies() ? "1" : "0",
                    Long.toString(now / 1_000),
                    Long.toString(now % 1_000 * 1_000)),
                redis.servers().deadline());

    // then
    String stored = redis.commands().get(key);
    redis.commands().del(key);
    Decision expected = drawn.expected();
    if (expected instanceof Decision.Rotate rotate) {
      return isCurrent(reply, user, rotate.next(), NEXT)
          && json(user, NEXT, rotate.next(), device).equals(stored);
    }
    if (expected instanceof Decision.Replace replace) {
      return isCurrent(reply, user, replace.next(), REPLACEMENT)
          && json(user, REPLACEMENT, replace.next(), device).equals(stored);
    }
    if (expected instanceof Decision.Repeat) {
      return isCurrent(reply, user, before, HASH)
          && json(user, HASH, before, device).equals(stored);
    }
    return reply.is("REUSED") && reply.text(1).equals(user) && stored == null;
  }

  private static boolean isCurrent(
      ScriptReply reply, String user, Generations generations, String hash) {
    return reply.is("CURRENT")
        && reply
            .texts()
            .equals(List.of(user, CREATED, Integer.toString(generations.current()), hash));
  }

  private static String json(String user, String hash, Generations generations, String device) {
    return "{\"user_id\":\"%s\",\"refresh_token\":\"%s\",\"created_at\":\"%s\",\"generation\":%d,\"previous\":%d,\"rotated_at\":%d,\"expires_at\":%d,\"idle\":0,\"v\":1,\"device_info\":%s}"
        .formatted(
            user,
            hash,
            CREATED,
            generations.current(),
            generations.previous(),
            generations.rotatedAt().toEpochMilli(),
            FAR,
            device);
  }
}
