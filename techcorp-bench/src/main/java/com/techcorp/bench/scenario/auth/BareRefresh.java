package com.techcorp.bench.scenario.auth;

import com.techcorp.bench.database.Verification;
import com.techcorp.bench.measure.CallLoop;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What no refresh can do without: the user's row, a signature, and the script that rotates. It is
 * the library's own script, sent by Lettuce alone.
 */
final class BareRefresh implements CallLoop.Call {
  private static final String SCRIPTS = "/com/techcorp/redis/internal/";
  private static final String BY_ID = "select * from auth.users where id = ?";
  private static final String GRACE_MILLIS = "10000";
  private static final String NO_LOST_REPLIES = "0";

  /** As long as the hash of a token; the script compares none. */
  private static final String HASH = "h".repeat(43);

  /** As long as the header and the payload of a token. */
  private static final byte[] SIGNED = "t".repeat(480).getBytes(StandardCharsets.US_ASCII);

  private final Parts parts;
  private final UUID user;
  private final String key;
  private int generation = 1;

  /**
   * The refreshes of one client.
   *
   * @param user whose row is read
   * @param session a new one
   */
  BareRefresh(Parts parts, UUID user, UUID session) {
    this.parts = parts;
    this.user = user;
    this.key = "session:" + session;
  }

  /**
   * What all clients share.
   *
   * @param redis commands on one connection
   * @param script the digest of the script that rotates
   * @param pool connections to the users
   * @param signing the key
   */
  record Parts(
      RedisCommands<String, String> redis, String script, DataSource pool, PrivateKey signing) {
    static Parts of(RedisCommands<String, String> redis, DataSource pool, PrivateKey signing) {
      String script = source("session.lua") + source("session_rotate.lua");
      return new Parts(redis, redis.scriptLoad(script), pool, signing);
    }

    private static String source(String file) {
      try (InputStream resource = BareRefresh.class.getResourceAsStream(SCRIPTS + file)) {
        if (resource == null) {
          throw new IllegalStateException("no resource " + SCRIPTS + file);
        }
        return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void run() throws GeneralSecurityException, SQLException {
    readUser();
    sign();
    rotate();
  }

  private void readUser() throws SQLException {
    try (Connection connection = parts.pool().getConnection();
        PreparedStatement find = connection.prepareStatement(BY_ID)) {
      find.setObject(1, user);
      try (ResultSet row = find.executeQuery()) {
        if (!row.next() || !row.getString("status").equals("ACTIVE")) {
          throw new Verification.FailedException("there is no active user " + user);
        }
      }
    }
  }

  private void sign() throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(parts.signing());
    signature.update(SIGNED);
    if (signature.sign().length == 0) {
      throw new Verification.FailedException("a signature is empty");
    }
  }

  private void rotate() {
    String presented = Integer.toString(generation);
    String next = Integer.toString(generation + 1);
    List<Object> reply =
        parts
            .redis()
            .evalsha(
                parts.script(),
                ScriptOutputType.MULTI,
                new String[] {key},
                presented,
                HASH,
                next,
                HASH,
                GRACE_MILLIS,
                NO_LOST_REPLIES);
    if (!reply.get(0).equals("CURRENT")) {
      throw new Verification.FailedException("a rotation was answered with " + reply.get(0));
    }
    generation++;
  }
}
