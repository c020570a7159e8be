package com.techcorp.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs each task on a thread of its own, but only one of them at a time: the thread that runs a
 * task waits until the task has ended or stands still. So a task can stand still in the middle of
 * anything while others go on, and the order of events is the same each time.
 */
final class Carriers {
  private static final long PATIENCE_SECONDS = 120;
  private static final ThreadLocal<@Nullable Carrier> CURRENT = new ThreadLocal<>();
  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "stepped");
            thread.setDaemon(true);
            return thread;
          });

  private final List<Carrier> held = new ArrayList<>();

  /** The thread it came out of belongs to a process that is gone. */
  private static final class Abandoned extends Error {
    private static final long serialVersionUID = 1L;

    Abandoned() {
      super("this process was stopped", null, false, false);
    }
  }

  /**
   * Runs a task until it ends or stands still. What it throws comes out here.
   *
   * @param owner whose threads it occupies while it stands still
   * @return false if it stands still
   */
  boolean run(Object owner, Runnable task) {
    Carrier carrier = new Carrier(owner, task);
    POOL.execute(carrier);
    return comesBack(carrier);
  }

  /** Runs the one that has stood still the longest of those that need not any more. */
  boolean resumeNext() {
    for (Carrier carrier : held) {
      if (carrier.until.getAsBoolean()) {
        held.remove(carrier);
        carrier.go.release();
        comesBack(carrier);
        return true;
      }
    }
    return false;
  }

  /** Returns whether the calling thread can stand still. */
  boolean isInside() {
    Carrier current = CURRENT.get();
    return current != null && current.carriers() == this;
  }

  /**
   * Blocks until a condition holds. Only from within a task. An interruption is kept, and ends
   * nothing.
   */
  void hold(BooleanSupplier until) {
    Carrier carrier = CURRENT.get();
    if (carrier == null || carrier.carriers() != this) {
      throw new IllegalStateException("only a task of this process can stand still");
    }
    if (!carrier.abandoned) {
      carrier.until = until;
      carrier.back.release();
      carrier.go.acquireUninterruptibly();
    }
    if (carrier.abandoned) {
      throw new Abandoned();
    }
  }

  /** Returns how many tasks of an owner stand still. */
  int held(Object owner) {
    return (int) held.stream().filter(carrier -> carrier.owner == owner).count();
  }

  /** Ends all that stand still, with an error that they cannot handle. */
  void abandon() {
    while (!held.isEmpty()) {
      Carrier carrier = held.remove(0);
      carrier.abandoned = true;
      carrier.go.release();
      await(carrier);
    }
  }

  private boolean comesBack(Carrier carrier) {
    await(carrier);
    if (!carrier.ended) {
      held.add(carrier);
      return false;
    }
    if (carrier.thrown instanceof Error e) {
      throw e;
    }
    if (carrier.thrown instanceof RuntimeException e) {
      throw e;
    }
    return true;
  }

  /** Two that wait for each other's locks would wait for ever, as they would in production. */
  private static void await(Carrier carrier) {
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      try {
        if (carrier.back.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          break;
        }
        throw new AssertionError("a task does not come back; it is at " + carrier.stack());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Carrier implements Runnable {
    private final Object owner;
    private final Runnable task;
    private final Semaphore go = new Semaphore(0);
    private final Semaphore back = new Semaphore(0);
    private BooleanSupplier until = () -> false;
    private volatile @Nullable Thread thread;
    private @Nullable Throwable thrown;
    private boolean ended;
    private boolean abandoned;

    Carrier(Object owner, Runnable task) {
      this.owner = owner;
      this.task = task;
    }

    Carriers carriers() {
      return Carriers.this;
    }

    String stack() {
      Thread carrying = thread;
      return carrying == null ? "its beginning" : List.of(carrying.getStackTrace()).toString();
    }

    @Override
    public void run() {
      thread = Thread.currentThread();
      CURRENT.set(this);
      try {
        task.run();
      } catch (Throwable e) {
        thrown = e;
      } finally {
        CURRENT.remove();
        ended = true;
        back.release();
      }
    }
  }
}
