package com.techcorp.contracts;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What is logged while this is open. It needs Logback on the test's class path. When it closes, all
 * loggers have the levels again that they had before. Thread-safe.
 *
 * <pre>{@code
 * try (LogCapture log = LogCapture.all()) {
 *   cache.close();
 *   assertThat(log.lines()).isEmpty();
 * }
 * }</pre>
 */
public final class LogCapture implements AutoCloseable {
  private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger logger;
  private final Queue<Line> lines = new ConcurrentLinkedQueue<>();
  private final Map<String, ch.qos.logback.classic.@Nullable Level> levels = new HashMap<>();
  private final Appender appender = new Appender();

  /**
   * One line of the log.
   *
   * @param logger whose it is
   * @param level how important it is
   * @param message with its arguments in their places
   * @param stack of the exception that was logged; empty if there was none
   */
  public record Line(String logger, Level level, String message, String stack) {
    /** Logger and message, then the stack. */
    @Override
    public String toString() {
      return logger + ": " + message + (stack.isEmpty() ? "" : "\n" + stack);
    }
  }

  private LogCapture(String name) {
    logger = loggers.getLogger(name);
    appender.setContext(loggers);
    appender.start();
    logger.addAppender(appender);
  }

  /**
   * Begins to capture what all loggers log.
   *
   * @return the capture; the caller closes it
   */
  public static LogCapture all() {
    return new LogCapture(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }

  /**
   * Begins to capture what a logger logs, and those below it.
   *
   * @param logger its name, such as a package
   * @return the capture; the caller closes it
   */
  public static LogCapture of(String logger) {
    return new LogCapture(logger);
  }

  /**
   * Changes what is logged until this closes.
   *
   * @param level of the captured logger
   * @return this
   */
  public LogCapture at(Level level) {
    return at(logger.getName(), level);
  }

  /**
   * Changes what another logger logs until this closes.
   *
   * @param name of the logger
   * @param level what it logs
   * @return this
   */
  public synchronized LogCapture at(String name, Level level) {
    Logger changed = loggers.getLogger(name);
    levels.putIfAbsent(name, changed.getLevel());
    changed.setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(level));
    return this;
  }

  /**
   * Returns what was logged until now.
   *
   * @return in the order in which it was logged
   */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /**
   * Returns what was logged until now, as texts: messages with the names of their loggers, and the
   * stacks of exceptions.
   *
   * @return in the order in which it was logged
   */
  public Stream<String> texts() {
    return lines.stream().map(Line::toString);
  }

  @Override
  public synchronized void close() {
    logger.detachAppender(appender);
    levels.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
    levels.clear();
  }

  /** Keeps texts only: an event that is kept says later what is true then. */
  private final class Appender extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      lines.add(
          new Line(
              event.getLoggerName(),
              Level.valueOf(event.getLevel().toString()),
              event.getFormattedMessage(),
              event.getThrowableProxy() == null
                  ? ""
                  : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
  }
}
