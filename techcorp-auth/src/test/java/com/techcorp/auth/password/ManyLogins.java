package com.techcorp.auth.password;

import com.techcorp.auth.Password;
import com.techcorp.error.OverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process in which many log in at once: every other one with a wrong password, and every tenth
 * one is abandoned. Its last line says what became of them: how many were hashed, refused and
 * failed, and how many permits and places are free again.
 */
final class ManyLogins {
  static final int PERMITS = 4;

  private static final String PASSWORD = "correct horse";

  private final Argon2Passwords passwords;
  private final String hash;
  private final CountDownLatch start = new CountDownLatch(1);
  private final AtomicInteger hashed = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  private ManyLogins(int waiting) {
    this.passwords =
        Argon2Passwords.of(
            PasswordOptions.DEFAULT
                .withMostMemory(19_456)
                .withPermits(PERMITS)
                .withWaiting(waiting)
                .withLongestWait(Duration.ofSeconds(60)));
    this.hash = passwords.hash(Password.of(PASSWORD));
  }

  public static void main(String[] arguments) throws InterruptedException {
    int callers = Integer.parseInt(arguments[0]);
    int waiting = Integer.parseInt(arguments[1]);
    System.out.println(new ManyLogins(waiting).logins(callers));
  }

  private String logins(int callers) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      boolean right = i % 2 == 0;
      Thread caller = new Thread(() -> logIn(right));
      caller.start();
      threads.add(caller);
    }
    start.countDown();
    for (int i = 0; i < callers; i += 10) {
      threads.get(i).interrupt();
    }
    for (Thread caller : threads) {
      caller.join();
    }
    HashPermits permits = passwords.permits();
    return hashed + " " + refused + " " + failed + " " + permits.free() + " " + permits.places();
  }

  private void logIn(boolean right) {
    TestPasswords.awaitUninterruptibly(start);
    try {
      Password password = Password.of(right ? PASSWORD : "another one");
      boolean match = passwords.matches(password, hash).isMatch();
      (match == right ? hashed : failed).incrementAndGet();
    } catch (OverloadedException e) {
      refused.incrementAndGet();
    } catch (Throwable e) {
      e.printStackTrace();
      failed.incrementAndGet();
    }
  }
}
