package com.techcorp.redis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Replies as servers of several versions give them. */
class InfoReplyTest {
  private static final String REDIS_7 =
      "# Server\r\nredis_version:7.0.15\r\nredis_git_sha1:00000000\r\nredis_mode:cluster\r\n";

  private static final String VALKEY_8 =
      "# Server\r\nredis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n"
          + "server_mode:cluster\r\n";

  @Test
  void redisAndValkeyTellTheirMode() {
    assertThat(InfoReply.mode(REDIS_7)).contains("cluster");
    assertThat(InfoReply.mode(VALKEY_8)).contains("cluster");
    assertThat(InfoReply.mode("# Server\r\n")).isEmpty();
  }

  @Test
  void aFieldIsFoundByItsWholeName() {
    assertThat(InfoReply.field(VALKEY_8, "redis_version")).contains("7.2.4");
    assertThat(InfoReply.field(VALKEY_8, "version")).isEmpty();
    assertThat(InfoReply.field("save:\r\n", "save")).contains("");
  }
}
