package com.techcorp.servers.redis;

import com.techcorp.servers.ManagedServer;
import com.techcorp.servers.process.OsProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A real, private Redis under Sentinel for tests that kill or freeze it: a master, two replicas and
 * three sentinels, of which two decide.
 *
 * <p>Each server is a {@link RedisServer} with the default options. When the master is killed, the
 * sentinels promote a replica after the time that they wait for it and some 3 s more; {@link
 * #awaitOk()} waits for it. A master that is restarted after that follows its successor, some 10 s
 * later.
 */
public final class RedisSentinel implements AutoCloseable {
  /** The name under which the sentinels know the master. */
  public static final String MASTER_NAME = "main";

  private static final Duration DOWN_AFTER = Duration.ofSeconds(1);
  private static final Duration SHORTEST_FAILOVER_TIMEOUT = Duration.ofSeconds(5);
  private static final int REPLICAS = 2;
  private static final int SENTINELS = 3;
  private static final String QUORUM = "2";
  private static final Pattern MASTER_LINE =
      Pattern.compile(
          "name="
              + MASTER_NAME
              + ",status=ok,address=127\\.0\\.0\\.1:(\\d+),slaves=(\\d+),"
              + "sentinels=(\\d+).*");

  private final RedisGroup group;
  private final List<RedisServer> servers;
  private final List<RedisServer> sentinels;

  private RedisSentinel(RedisGroup group, List<RedisServer> servers, List<RedisServer> sentinels) {
    this.group = group;
    this.servers = List.copyOf(servers);
    this.sentinels = List.copyOf(sentinels);
  }

  /**
   * Starts servers whose sentinels take one for dead that was silent for a second.
   *
   * @return the servers, as {@link #awaitOk()} leaves them; the caller closes them
   * @throws IllegalStateException when they cannot be started; the message says why
   */
  public static RedisSentinel start() {
    return start(DOWN_AFTER);
  }

  /**
   * Starts servers and their sentinels.
   *
   * @param downAfter how long a server is silent before a sentinel takes it for dead
   * @return the servers, as {@link #awaitOk()} leaves them; the caller closes them
   * @throws IllegalStateException when they cannot be started; the message says why
   */
  public static RedisSentinel start(Duration downAfter) {
    RedisGroup group = new RedisGroup();
    try {
      List<RedisServer> servers = startServers(group);
      List<RedisServer> sentinels = new ArrayList<>();
      Map<String, String> settings = sentinelSettings(servers.get(0), downAfter);
      for (int i = 0; i < SENTINELS; i++) {
        sentinels.add(group.add(RedisMode.SENTINEL, settings));
      }
      RedisSentinel started = new RedisSentinel(group, servers, sentinels);
      started.awaitOk();
      return started;
    } catch (RuntimeException e) {
      group.close();
      throw e;
    }
  }

  /**
   * The address for Lettuce's {@code RedisURI.create}.
   *
   * @return the sentinels and the master's name
   */
  public String uri() {
    return sentinels.stream()
        .map(sentinel -> "127.0.0.1:" + sentinel.port())
        .collect(Collectors.joining(",", "redis-sentinel://", "#" + MASTER_NAME));
  }

  /**
   * The servers, whatever they are just now.
   *
   * @return first the one that was started as the master
   */
  public List<RedisServer> servers() {
    return servers;
  }

  /**
   * The sentinels.
   *
   * @return all three
   */
  public List<ManagedServer> sentinels() {
    return List.copyOf(sentinels);
  }

  /**
   * The master, as the first sentinel that answers knows it. While it is dead there is none.
   *
   * @return the server
   * @throws IllegalStateException when there is none
   */
  public RedisServer master() {
    return sentinels.stream()
        .flatMap(sentinel -> view(sentinel).stream())
        .map(View::master)
        .findFirst()
        .flatMap(this::at)
        .orElseThrow(() -> new IllegalStateException("The sentinels know no master"));
  }

  /**
   * Waits until the sentinels that run know each other and agree about a master that runs, and all
   * other servers that run are in sync with it. It does not wait for what is killed or frozen.
   *
   * @throws IllegalStateException when that is not so after a minute
   */
  public void awaitOk() {
    if (!OsProcess.await(RedisGroup.LIMIT, this::isOk)) {
      throw new IllegalStateException(
          "The sentinels and servers do not agree after " + RedisGroup.LIMIT);
    }
  }

  /** Ends all servers and sentinels and deletes their directories. No effect a second time. */
  @Override
  public void close() {
    group.close();
  }

  private boolean isOk() {
    Set<View> opinions = new HashSet<>();
    for (RedisServer sentinel : sentinels) {
      if (sentinel.ask("PING").isPresent()) {
        Optional<View> view = view(sentinel);
        if (view.isEmpty()) {
          return false;
        }
        opinions.add(view.get());
      }
    }
    return opinions.size() == 1 && isOk(opinions.iterator().next());
  }

  private boolean isOk(View agreed) {
    return agreed.replicas() == REPLICAS
        && agreed.sentinels() == SENTINELS
        && at(agreed.master())
            .flatMap(master -> master.field("role", "INFO", "replication"))
            .equals(Optional.of("master"))
        && servers.stream()
            .filter(server -> server.port() != agreed.master())
            .allMatch(server -> isDeadOrInSync(server, agreed.master()));
  }

  private static boolean isDeadOrInSync(RedisServer replica, int master) {
    String port = Integer.toString(master);
    return replica
        .ask("INFO", "replication")
        .map(String::lines)
        .map(lines -> lines.collect(Collectors.toSet()))
        .map(lines -> lines.containsAll(Set.of("master_port:" + port, "master_link_status:up")))
        .orElse(true);
  }

  private static Optional<View> view(RedisServer sentinel) {
    return sentinel
        .field("master0", "INFO", "sentinel")
        .map(MASTER_LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> new View(number(line, 1), number(line, 2), number(line, 3)));
  }

  private static int number(Matcher line, int group) {
    return Integer.parseInt(line.group(group));
  }

  private Optional<RedisServer> at(int port) {
    return servers.stream().filter(server -> server.port() == port).findFirst();
  }

  private static List<RedisServer> startServers(RedisGroup group) {
    Map<String, String> settings = new HashMap<>(RedisOptions.DEFAULT.settings());
    RedisServer master = group.add(RedisMode.SERVER, settings);
    List<RedisServer> servers = new ArrayList<>(List.of(master));
    settings.put("replicaof", "127.0.0.1 " + master.port());
    for (int i = 0; i < REPLICAS; i++) {
      servers.add(group.add(RedisMode.SERVER, settings));
    }
    return servers;
  }

  /** In the order that Sentinel reads them in. */
  private static Map<String, String> sentinelSettings(RedisServer master, Duration downAfter) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("sentinel monitor " + MASTER_NAME, "127.0.0.1 " + master.port() + " " + QUORUM);
    settings.put(
        "sentinel down-after-milliseconds " + MASTER_NAME, Long.toString(downAfter.toMillis()));
    Duration failover = downAfter.multipliedBy(SENTINELS);
    Duration longer =
        failover.compareTo(SHORTEST_FAILOVER_TIMEOUT) > 0 ? failover : SHORTEST_FAILOVER_TIMEOUT;
    settings.put("sentinel failover-timeout " + MASTER_NAME, Long.toString(longer.toMillis()));
    return settings;
  }

  /**
   * What one sentinel knows of a master that it finds in order.
   *
   * @param master the master's port
   * @param replicas how many follow it, also dead ones
   * @param sentinels how many watch it, also dead ones
   */
  private record View(int master, int replicas, int sentinels) {}
}
