package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at start whether the servers are fit to keep what they are given. What cannot be looked at,
 * because a server is away or permits nobody to ask, is a warning.
 */
public final class ServerCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);
  private static final int LEAST_VERSION = 7;
  private static final Pattern VERSION = Pattern.compile("(\\d{1,9})(\\..*)?");
  private static final String KEEPS_ALL = "noeviction";

  private final RedisServers servers;
  private boolean evictionChecked;

  /**
   * For servers that may be away.
   *
   * @param servers which
   */
  public ServerCheck(RedisServers servers) {
    this.servers = servers;
  }

  /**
   * Checks credentials, version and mode.
   *
   * @throws WiringException if the servers will not serve, are older than 7.0, or are a Cluster
   *     while the address says that they are none
   */
  public void serversFit() {
    forEachServer(this::fits);
  }

  /**
   * Checks, once, that the servers evict no key, and warns if they lose all when they restart.
   *
   * @throws WiringException if they may evict
   */
  public synchronized void nothingIsEvicted() {
    if (!evictionChecked) {
      evictionChecked = forEachServer(this::keepsAll);
    }
  }

  /** Whether all servers could be asked. */
  private boolean forEachServer(Consumer<RedisAsyncCommands<String, byte[]>> look) {
    boolean[] all = {true};
    try {
      servers.forEachServer(node -> all[0] &= couldLook(node, look), servers.startDeadline());
    } catch (MisconfiguredException e) {
      throw new WiringException("Redis: " + e.getMessage());
    } catch (UnavailableException e) {
      warnOfAbsence(e);
      return false;
    }
    return all[0];
  }

  private boolean couldLook(
      NodeConnection node, Consumer<RedisAsyncCommands<String, byte[]>> look) {
    try {
      look.accept(node.open(servers.startDeadline()).connection().async());
      return true;
    } catch (MisconfiguredException e) {
      throw e;
    } catch (UnavailableException e) {
      warnOfAbsence(e);
      return false;
    }
  }

  private static void warnOfAbsence(UnavailableException fault) {
    LOG.warn(
        "Redis could not be asked whether its settings fit; it is tried again when it is needed:"
            + " {}",
        fault.getMessage());
  }

  private void fits(RedisAsyncCommands<String, byte[]> server) {
    Optional<String> info = info(server, "server");
    info.flatMap(text -> InfoReply.field(text, "redis_version")).ifPresent(ServerCheck::newEnough);
    String mode = info.flatMap(InfoReply::mode).orElse("");
    if (mode.equals("cluster") && !servers.isCluster()) {
      throw new WiringException(
          "Redis: the server is a node of a Cluster; its address must begin with redis-cluster:");
    }
    if (mode.equals("sentinel")) {
      throw new WiringException(
          "Redis: the server is a Sentinel; its address must begin with redis-sentinel: and end"
              + " with # and the master's name");
    }
  }

  private static void newEnough(String version) {
    Matcher parts = VERSION.matcher(version);
    if (parts.matches() && Integer.parseInt(parts.group(1)) < LEAST_VERSION) {
      throw new WiringException("Redis: 7.0 or newer is needed, the server has " + version);
    }
  }

  private void keepsAll(RedisAsyncCommands<String, byte[]> server) {
    Optional<String> policy =
        info(server, "memory").flatMap(text -> InfoReply.field(text, "maxmemory_policy"));
    if (policy.filter(name -> !name.equals(KEEPS_ALL)).isPresent()) {
      throw new WiringException(
          "Redis: maxmemory-policy must be noeviction, was "
              + policy.get()
              + ": when memory is short, the server would end sessions and forget limits");
    }
    if (policy.isEmpty()) {
      LOG.warn("Redis does not tell its maxmemory-policy: see to it that it is noeviction");
    }
    warnOfVolatility(server);
  }

  private void warnOfVolatility(RedisAsyncCommands<String, byte[]> server) {
    Optional<String> log =
        info(server, "persistence").flatMap(text -> InfoReply.field(text, "aof_enabled"));
    if (log.filter("1"::equals).isPresent()) {
      return;
    }
    try {
      Map<String, String> config = Replies.await(server.configGet("save"), servers.startDeadline());
      if (config.getOrDefault("save", "").isBlank()) {
        LOG.warn(
            "Redis writes nothing to the disk (appendonly no, no save points): a restart ends all"
                + " sessions");
      }
    } catch (RedisCommandExecutionException e) {
      LOG.warn("Redis does not tell whether it writes to the disk (CONFIG GET is refused)");
    }
  }

  private Optional<String> info(RedisAsyncCommands<String, byte[]> server, String section) {
    try {
      return Optional.of(Replies.await(server.info(section), servers.startDeadline()));
    } catch (RedisCommandExecutionException e) {
      LOG.warn("Redis refuses INFO {}: its settings could not be checked", section);
      return Optional.empty();
    }
  }
}
