package com.techcorp.redis.internal;

import com.techcorp.error.UnavailableException;
import com.techcorp.redis.RedisOptions;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.resource.ClientResources;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** The servers of one Redis, on which scripts run. Thread-safe. */
public final class RedisServers implements AutoCloseable {
  private static final int MOST_ATTEMPTS = 6;
  private static final String READONLY = "READONLY";

  /** Scripts under way at once for one caller, if a connection may hold twice as many. */
  private static final int TOGETHER = 1_000;

  private final ClientResources resources;
  private final Topology topology;
  private final boolean cluster;
  private final RedisOptions options;
  private final int together;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RedisServers(
      ClientResources resources, Topology topology, boolean cluster, RedisOptions options) {
    this.resources = resources;
    this.topology = topology;
    this.cluster = cluster;
    this.options = options;
    this.together = Math.max(1, Math.min(TOGETHER, options.requestQueue() / 2));
  }

  /**
   * Returns the servers at an address; connects to none of them yet.
   *
   * @param address where they are
   * @param options sizes and times
   * @return the servers; the caller closes them
   */
  public static RedisServers open(RedisAddress address, RedisOptions options) {
    ClientResources resources = LettuceSettings.resources(options);
    Topology topology =
        address.cluster()
            ? new ClusterTopology(resources, address.uris(), options)
            : new ServerTopology(resources, address.uris().get(0), options);
    return new RedisServers(resources, topology, address.cluster(), options);
  }

  boolean isCluster() {
    return cluster;
  }

  /** For a call of a port that begins now. */
  Deadline deadline() {
    return Deadline.in(options.timeout());
  }

  /** For a question at the start, for which the connection is made first. */
  Deadline startDeadline() {
    return Deadline.in(options.connectTimeout().plus(options.timeout()));
  }

  /**
   * Runs a script.
   *
   * @throws UnavailableException if it may not have run
   */
  ScriptReply run(ScriptCall call, Deadline deadline) {
    return runAll(List.of(call), deadline).get(0);
  }

  /**
   * Runs scripts side by side, as many as a connection has place for; the replies are in the same
   * order.
   */
  List<ScriptReply> runAll(List<ScriptCall> calls, Deadline deadline) {
    return replies(calls, Lane.CALLS, deadline, link -> {});
  }

  /**
   * Runs a script, and waits until the replicas that there are have what it wrote.
   *
   * @throws UnavailableException if it may not have run, or is not confirmed
   */
  ScriptReply runConfirmed(ScriptCall call, Deadline deadline) {
    return runAllConfirmed(List.of(call), deadline).get(0);
  }

  /** Runs scripts side by side, and waits for the replicas of all servers that they ran on. */
  List<ScriptReply> runAllConfirmed(List<ScriptCall> calls, Deadline deadline) {
    Set<Link> links = new LinkedHashSet<>();
    List<ScriptReply> replies = replies(calls, Lane.CONFIRMED_WRITES, deadline, links::add);
    try {
      links.forEach(link -> ReplicaConfirmation.await(link, deadline));
    } catch (UnavailableException e) {
      topology.doubt();
      throw e;
    }
    return replies;
  }

  /** Shows each server. */
  void forEachServer(Consumer<NodeConnection> action, Deadline deadline) {
    try {
      topology.forEachServer(action, deadline);
    } catch (RedisCommandExecutionException e) {
      throw RedisFaults.unavailable(e);
    }
  }

  /** Shows each server that has keys of its own: together they have all. */
  void forEachMaster(Consumer<NodeConnection> action, Deadline deadline) {
    try {
      topology.forEachMaster(action, deadline);
    } catch (RedisCommandExecutionException e) {
      throw RedisFaults.unavailable(e);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      topology.close();
      resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
  }

  private List<ScriptReply> replies(
      List<ScriptCall> calls, Lane lane, Deadline deadline, Consumer<Link> ranOn) {
    try {
      List<ScriptReply> replies = new ArrayList<>(calls.size());
      for (int from = 0; from < calls.size(); from += together) {
        int to = Math.min(calls.size(), from + together);
        replies.addAll(sideBySide(calls.subList(from, to), lane, deadline, ranOn));
      }
      return replies;
    } catch (UnavailableException e) {
      topology.doubt();
      throw e;
    } catch (RedisCommandExecutionException e) {
      topology.doubt();
      throw RedisFaults.unavailable(e);
    }
  }

  private List<ScriptReply> sideBySide(
      List<ScriptCall> calls, Lane lane, Deadline deadline, Consumer<Link> ranOn) {
    List<ScriptAttempt> attempts = new ArrayList<>(calls.size());
    for (ScriptCall call : calls) {
      NodeConnection node = topology.ofKey(call.key(), lane, deadline);
      attempts.add(ScriptAttempt.prepared(call, node, deadline));
    }
    ScriptAttempt.send(attempts);
    List<ScriptReply> replies = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      replies.add(reply(calls.get(i), attempts.get(i), lane, deadline, ranOn));
    }
    return replies;
  }

  private ScriptReply reply(
      ScriptCall call, ScriptAttempt first, Lane lane, Deadline deadline, Consumer<Link> ranOn) {
    ScriptAttempt attempt = first;
    for (int count = 1; ; count++) {
      try {
        ScriptReply reply = attempt.await(deadline);
        ranOn.accept(attempt.link());
        return reply;
      } catch (RedisCommandExecutionException e) {
        if (count == MOST_ATTEMPTS) {
          throw e;
        }
        attempt = again(call, attempt, e, lane, deadline);
      }
    }
  }

  /** Sends a script again that a server has certainly not run. */
  private ScriptAttempt again(
      ScriptCall call,
      ScriptAttempt refused,
      RedisCommandExecutionException error,
      Lane lane,
      Deadline deadline) {
    String code = RedisFaults.code(error);
    if (code.equals("NOSCRIPT")) {
      return refused.bySource(call);
    }
    Optional<Redirection> redirection = Redirection.of(error);
    if (redirection.isPresent()) {
      Redirection to = redirection.get();
      NodeConnection node = topology.at(to.host(), to.port(), lane);
      if (to.asking()) {
        return ScriptAttempt.asking(call, node, deadline);
      }
      topology.doubt();
      return ScriptAttempt.byDigest(call, node, deadline);
    }
    if (code.equals(READONLY)) {
      refused.drop(); // a replica by now
    }
    throw error;
  }
}
