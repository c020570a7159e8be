package com.techcorp.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server that says what a test wants it to: refusals, silence, the end of the connection.
 * Also says STARTTLS, which GreenMail does not.
 */
final class ScriptedSmtp implements AutoCloseable {
  /** In place of a reply: ends the connection. */
  static final String HANG_UP = "hang up";

  /** In place of a reply: says nothing. */
  static final String SILENCE = "silence";

  /** In place of a reply: a line that does not end. */
  static final String ENDLESS_LINE = "endless line";

  /** In place of a reply: lines after each of which another one follows. */
  static final String ENDLESS_LINES = "endless lines";

  /** In place of a reply: one byte after the other, each in time and the last never. */
  static final String DRIP = "drip";

  /** In place of the reply to STARTTLS, or of the first byte in TLS: a handshake that drips. */
  static final String DRIPPING_TLS = "dripping TLS";

  /** In place of {@link #CONTENT}: it is taken slowly, and each write of it ends in time. */
  static final String SLOW_READER = "slow reader";

  private static final String TLS = "TLS";

  /** What an endless reply ends with all the same, so that a test ends. */
  static final int ENDLESS_BYTES = 64 << 20;

  /** A step that is no command: the first line of the content. */
  static final String CONTENT = "content";

  /** A step that is no command: the final dot. */
  static final String END = ".";

  private final boolean implicitTls;
  private final ServerSocket listener;
  private final Map<String, String> script = new ConcurrentHashMap<>();
  private final Map<String, String> once = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger takenSlowly = new AtomicInteger();
  private final AtomicInteger endlessBytes = new AtomicInteger();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> mails = new CopyOnWriteArrayList<>();

  ScriptedSmtp() {
    this(false);
  }

  /** One that speaks TLS from the first byte on. */
  static ScriptedSmtp implicit() {
    return new ScriptedSmtp(true);
  }

  private ScriptedSmtp(boolean implicitTls) {
    this.implicitTls = implicitTls;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /** What to say to a command, such as {@code RCPT}, to the greeting's {@code HI}, or a step. */
  ScriptedSmtp on(String command, String reply) {
    script.put(command, reply);
    return this;
  }

  /** What to say to a command once; then what it says usually. */
  ScriptedSmtp once(String command, String reply) {
    once.put(command, reply);
    return this;
  }

  /** Answers a command only when the latch is counted down. */
  CountDownLatch hold(String command) {
    CountDownLatch latch = new CountDownLatch(1);
    held.put(command, latch);
    return latch;
  }

  /** Says something that nobody asked for, on all connections, and leaves them open. */
  void interrupt(String reply) {
    for (Socket socket : open) {
      try {
        socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  /** How many bytes a {@link #SLOW_READER} took. */
  int takenSlowly() {
    return takenSlowly.get();
  }

  /** How many bytes of endless replies clients took. */
  int endlessBytes() {
    return endlessBytes.get();
  }

  /** The first words of what clients said. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  /** The content of mails whose final dot came. */
  List<String> mails() {
    return List.copyOf(mails);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        connections.incrementAndGet();
        daemon(() -> talk(socket));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void talk(Socket plain) {
    try (plain) {
      if (implicitTls && script.containsKey(TLS)) {
        dripHandshake(plain);
      }
      Socket socket = implicitTls ? encrypted(plain) : plain;
      BufferedReader in = reader(socket);
      say(socket, "HI", "220 ready");
      String line;
      while ((line = in.readLine()) != null) {
        String command = line.split("[ :]", 2)[0];
        commands.add(command);
        if (command.equals("STARTTLS")) {
          say(socket, command, "220 go ahead");
          socket = encrypted(plain);
          in = reader(socket);
        } else if (command.equals("DATA")) {
          if (say(socket, command, "354 go ahead")) {
            take(socket, in);
          }
        } else {
          say(socket, command, "250 fine");
        }
      }
    } catch (IOException e) {
      // The client has gone, or was sent away: that is what tests are about.
      open.remove(plain);
    }
  }

  private void take(Socket socket, BufferedReader in) throws IOException {
    if (script.getOrDefault(CONTENT, "").equals(SLOW_READER)) {
      readSlowly(socket.getInputStream());
      return;
    }
    if (script.containsKey(CONTENT)) {
      in.readLine();
      say(socket, CONTENT, "");
      in.transferTo(Writer.nullWriter());
      return;
    }
    StringBuilder mail = new StringBuilder();
    String line;
    while ((line = in.readLine()) != null && !line.equals(".")) {
      mail.append(line).append('\n');
    }
    if (line != null) {
      mails.add(mail.toString());
      say(socket, END, "250 taken");
    }
  }

  /** Whether the client may go on. */
  private boolean say(Socket socket, String command, String usual) throws IOException {
    waitFor(command);
    String first = once.remove(command);
    String reply = first != null ? first : script.getOrDefault(command, usual);
    if (reply.equals(HANG_UP)) {
      socket.close();
      throw new IOException("hung up");
    }
    if (reply.equals(ENDLESS_LINE) || reply.equals(ENDLESS_LINES)) {
      sayEndlessly(socket, reply.equals(ENDLESS_LINE) ? "220-xxxx" : "220-xx\r\n");
    } else if (reply.equals(DRIP)) {
      drip(socket, "220-");
    } else if (reply.equals(DRIPPING_TLS)) {
      socket.getOutputStream().write("220 go ahead\r\n".getBytes(StandardCharsets.ISO_8859_1));
      dripHandshake(socket);
    } else if (!reply.equals(SILENCE)) {
      OutputStream out = socket.getOutputStream();
      out.write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }
    return reply.equals(usual);
  }

  private void waitFor(String command) throws IOException {
    CountDownLatch latch = held.get(command);
    try {
      if (latch != null && !latch.await(60, TimeUnit.SECONDS)) {
        throw new IOException("held for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sayEndlessly(Socket socket, String eightBytes) throws IOException {
    byte[] bytes = eightBytes.repeat(1024).getBytes(StandardCharsets.ISO_8859_1);
    while (endlessBytes.get() < ENDLESS_BYTES) {
      socket.getOutputStream().write(bytes);
      endlessBytes.addAndGet(bytes.length);
    }
    throw new IOException("said enough");
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private static Socket encrypted(Socket plain) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            TestCertificate.context()
                .getSocketFactory()
                .createSocket(plain, "localhost", plain.getPort(), true);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  /** Says that a record of 16 KiB comes, and begins with it. */
  private void dripHandshake(Socket socket) throws IOException {
    socket.getOutputStream().write(new byte[] {22, 3, 3, 0x40, 0});
    drip(socket, "\0");
  }

  private void drip(Socket socket, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; pause(); i = (i + 1) % bytes.length) {
      socket.getOutputStream().write(bytes[i]);
    }
  }

  /** Takes 2 MB in a second at the most. */
  private void readSlowly(InputStream in) throws IOException {
    int taken;
    while (pause() && (taken = in.readNBytes(100_000).length) > 0) {
      takenSlowly.addAndGet(taken);
    }
  }

  /** False when the test is over. */
  private boolean pause() {
    try {
      return !closed.await(50, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends the connections that there are; new ones are served. */
  void hangUp() {
    open.forEach(ScriptedSmtp::close);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hangUp();
  }
}
