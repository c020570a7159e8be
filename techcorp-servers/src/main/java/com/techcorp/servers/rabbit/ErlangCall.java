package com.techcorp.servers.rabbit;

import com.techcorp.servers.process.OsProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Administers a broker by calling Erlang functions in it: some 20 ms each, where rabbitmqctl starts
 * an Erlang machine first.
 *
 * @param program Erlang's {@code erl_call}
 * @param home the directory with the broker's cookie
 * @param port the broker's distribution port
 */
record ErlangCall(Path program, Path home, int port) implements RabbitAdmin {
  private static final String LIMIT_SECONDS = "30";
  private static final int ATTEMPTS = 50;
  private static final Duration PAUSE = Duration.ofMillis(100);

  @Override
  public void create(String virtualHost) {
    String name = binary(virtualHost);
    String user = binary(AmqpUri.DEFAULT_USER);
    evaluate(
        "create the virtual host " + virtualHost,
        """
        ok = rabbit_vhost:add(%1$s, %2$s),
        ok = rabbit_auth_backend_internal:set_permissions(
          %2$s, %1$s, <<".*">>, <<".*">>, <<".*">>, %2$s).
        """
            .formatted(name, user));
  }

  @Override
  public void delete(String virtualHost) {
    String name = binary(virtualHost);
    String user = binary(AmqpUri.DEFAULT_USER);
    evaluate(
        "delete the virtual host " + virtualHost,
        """
        case rabbit_vhost:exists(%1$s) of
          true -> ok = rabbit_vhost:delete(%1$s, %2$s);
          false -> ok
        end.
        """
            .formatted(name, user));
  }

  @Override
  public void createUser(String name, String password) {
    evaluate(
        "create a user",
        "ok = rabbit_auth_backend_internal:add_user(%s, %s, %s).\n"
            .formatted(binary(name), binary(password), binary(AmqpUri.DEFAULT_USER)));
  }

  @Override
  public void permit(String virtualHost, String user, RabbitPermissions permissions) {
    evaluate(
        "give permissions",
        "ok = rabbit_auth_backend_internal:set_permissions(%s, %s, %s, %s, %s, %s).\n"
            .formatted(
                binary(user),
                binary(virtualHost),
                binary(permissions.configure()),
                binary(permissions.write()),
                binary(permissions.read()),
                binary(AmqpUri.DEFAULT_USER)));
  }

  @Override
  public void deleteUser(String name) {
    String user = binary(name);
    evaluate(
        "delete a user",
        """
        case rabbit_auth_backend_internal:exists(%1$s) of
          true -> ok = rabbit_auth_backend_internal:delete_user(%1$s, %2$s);
          false -> ok
        end.
        """
            .formatted(user, binary(AmqpUri.DEFAULT_USER)));
  }

  /** Has the broker write down which quorum queues there are, and all else it keeps for later. */
  void sync() {
    evaluate("write its tables", "lists:foreach(fun dets:sync/1, dets:all()).\n");
  }

  private void evaluate(String what, String expressions) {
    List<String> command =
        List.of(
            "env",
            "HOME=" + home, // where the cookie is, which a command line would show to everybody
            program.toString(),
            "-address",
            "localhost:" + port,
            "-timeout",
            LIMIT_SECONDS,
            "-e");
    OsProcess.Finished finished = call(command, expressions);
    for (int again = 1; again < ATTEMPTS && isUnconnected(finished); again++) {
      LockSupport.parkNanos(PAUSE.toNanos());
      finished = call(command, expressions);
    }
    if (finished.exitCode() != 0 || !finished.output().equals("{ok, ok}")) {
      throw new IllegalStateException(
          "RabbitMQ did not %s: erl_call ended with %d and said '%s'"
              .formatted(what, finished.exitCode(), finished.output()));
    }
  }

  private static OsProcess.Finished call(List<String> command, String expressions) {
    synchronized (ErlangCall.class) { // two at a time would have the same name
      return OsProcess.run(command, expressions);
    }
  }

  /**
   * Nothing was evaluated: a broker on a busy machine does not always answer a handshake in time,
   * and refuses one at once while it has not noticed that the call before has gone.
   */
  private static boolean isUnconnected(OsProcess.Finished finished) {
    return finished.exitCode() != 0 && finished.output().contains("failed to connect to node");
  }

  /** As numbers, so that nothing in a name can have a meaning. */
  private static String binary(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> Integer.toString(Byte.toUnsignedInt(bytes[i])))
        .collect(Collectors.joining(",", "<<", ">>"));
  }
}
