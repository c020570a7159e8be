package com.techcorp.mail;

import com.techcorp.concurrent.OwnThreads;
import com.techcorp.mail.WriteWatch.ProxyRefusedException;
import com.techcorp.notification.Message;
import com.techcorp.notification.SendResult;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks SendGrid to send messages, and judges what it replied. Thread-safe. */
final class SendGridMailer {
  private static final Logger log = LoggerFactory.getLogger(SendGridMailer.class);
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final ContentType JSON = ContentType.create("application/json");
  private static final int MOST = Integer.MAX_VALUE;

  private final SendGridSetup setup;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService timer = new OwnThreads().timer("techcorp-mail-timer", 1);
  private final Semaphore places = new Semaphore(MOST);
  private final RateGate gate;
  private final RateGate complained;
  private volatile boolean closed;

  SendGridMailer(SendGridSetup setup) {
    this.setup = setup;
    this.client = SendGridClient.of(setup);
    this.gate = new RateGate(setup.nanoTime());
    this.complained = new RateGate(setup.nanoTime());
  }

  SendResult send(Message message, InternetAddress to) {
    if (gate.isShut()) {
      return new SendResult.NotSent("SendGrid: asked for a pause", true);
    }
    if (closed || !places.tryAcquire()) {
      return new SendResult.NotSent("SendGrid: closed", true);
    }
    try {
      return ask(new SendGridCall(request(message, to)), to);
    } finally {
      places.release();
    }
  }

  private SendResult ask(SendGridCall call, InternetAddress to) {
    try {
      return judged(call.reply(client, timer, setup.times().request()), to);
    } catch (ProxyRefusedException e) {
      return refusedByProxy(e);
    } catch (IOException e) {
      return call.mayBeWritten()
          ? new SendResult.Unknown("SendGrid: no reply: " + CleanText.of(e))
          : new SendResult.NotSent("SendGrid: no connection: " + CleanText.of(e), true);
    }
  }

  private SendResult refusedByProxy(ProxyRefusedException refusal) {
    String reason = "SendGrid: " + refusal.getMessage();
    if (refusal.wantsLogin()) {
      reason += ", it wants a login: give one to SendGridSender.Builder.proxy(host, port, user, …)";
      complain("No mail gets through the proxy to SendGrid: {}", reason);
    }
    return new SendResult.NotSent(reason, true);
  }

  /** Once a minute: each mail that waits would say it again. */
  private void complain(String text, Object about) {
    if (!complained.isShut()) {
      complained.shut(RateGate.LONGEST);
      log.error(text, about);
    }
  }

  private SendResult judged(SendGridReply reply, InternetAddress to) {
    SendResult result = reply.result(to.getAddress());
    if (reply.asksToComeAgain()) {
      Duration pause = reply.pause(setup.clock().instant()).orElse(DEFAULT_PAUSE);
      log.warn("SendGrid takes nothing for now ({}): a pause of {}", reply.status(), pause);
      gate.shut(pause);
    }
    if (reply.refusesUs()) {
      complain("SendGrid takes no mail from us: {}. Correct key, sender, address or proxy", result);
    }
    return result;
  }

  private HttpPost request(Message message, InternetAddress to) {
    HttpPost request = new HttpPost(setup.uri());
    request.setHeader("Authorization", "Bearer " + setup.apiKey());
    byte[] body = SendGridMail.body(message, to, setup.envelope());
    request.setEntity(new ByteArrayEntity(body, JSON));
    return request;
  }

  /** Waits up to 10 s for messages on their way, takes no more, and ends its connections. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!places.tryAcquire(MOST, GRACE.toNanos(), TimeUnit.NANOSECONDS)) {
        log.warn("Messages are still being sent after {}: their connections are cut", GRACE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      client.close(CloseMode.IMMEDIATE);
      timer.shutdownNow();
    }
  }
}
