package com.techcorp.saga.internal;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.Failure;
import com.techcorp.error.Reasons;
import com.techcorp.error.StepFailedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.error.UnavailableException;
import com.techcorp.error.WiringException;
import com.techcorp.error.internal.FaultLog;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.Step;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.internal.Transition.Then;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork.NotWrittenException;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives one saga after the other: commit what was decided, then call, wait or end. */
final class SagaRunner {
  private static final Logger log = LoggerFactory.getLogger(SagaRunner.class);

  /** How long a stored saga waits before it tries again to write what needs a locked row. */
  private static final Duration LOCKED_WAIT = Duration.ofSeconds(1);

  /** A saga that begins tries again for about a second and a half; then its caller is told. */
  private static final RetryPolicy LOCKED_RETRY =
      RetryPolicy.doubling(Duration.ofMillis(100), Duration.ofMillis(800), 5);

  /**
   * Of the places in flight this part may be taken by sagas that wait for a locked row to begin.
   */
  private static final int SHARE_OF_PLACES = 8;

  /** So often an answer that could not be written is tried again before it is reported. */
  private static final int TRIES_WITH_ANSWER = 4;

  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Transitions transitions;
  private final SagaJournal journal;
  private final GroupCommit groupCommit;
  private final RemoteCalls calls;
  private final Ownership ownership;
  private final InFlight inFlight;
  private final Outcomes outcomes;
  private final LateAnswers late;
  private final ScheduledExecutorService timer;
  private final Watchdog watchdog;
  private final Semaphore waitingForLocks;
  private final FaultBoundary faults;
  private final FaultLog faultLog;

  SagaRunner(
      Transitions transitions,
      SagaJournal journal,
      GroupCommit groupCommit,
      RemoteCalls calls,
      Ownership ownership,
      InFlight inFlight,
      Outcomes outcomes,
      LateAnswers late,
      ScheduledExecutorService timer,
      Watchdog watchdog,
      FaultBoundary faults,
      FaultLog faultLog) {
    this.transitions = transitions;
    this.journal = journal;
    this.groupCommit = groupCommit;
    this.calls = calls;
    this.ownership = ownership;
    this.inFlight = inFlight;
    this.outcomes = outcomes;
    this.late = late;
    this.timer = timer;
    this.watchdog = watchdog;
    this.waitingForLocks = new Semaphore(Math.max(1, inFlight.size() / SHARE_OF_PLACES));
    this.faults = faults;
    this.faultLog = faultLog;
  }

  /** A saga that this process owns and cannot go on with: others are to have it, and it alone. */
  void letGo(Fence fence, UUID id, Throwable why) {
    watchdog.letGo(fence, id, why);
  }

  /** What this process gave up a moment ago: another one may do better. */
  Set<UUID> leftToOthers() {
    return watchdog.leftToOthers();
  }

  /**
   * One saga on its way through this process. Holds its place in flight until it ends, waits or is
   * lost.
   */
  final class SagaExecution<D> implements Watchdog.Driven {
    private final CompletableFuture<@Nullable Failure> begun = new CompletableFuture<>();
    private volatile @Nullable Fence fence;
    private final Whereabouts at = watchdog.arrival();
    private final long beginBy = watchdog.beginBy();
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile @Nullable UUID id;
    private volatile long decidedAt;
    private volatile boolean claimed;
    private volatile Runnable left = () -> {};
    private volatile @Nullable Answer<D> answer;
    private final AtomicInteger lockedOut = new AtomicInteger();
    private volatile @Nullable Throwable thrown;
    private final AtomicInteger unwritten = new AtomicInteger();

    /** Null once the beginning is durable; a failure if the saga was refused as a whole. */
    CompletableFuture<@Nullable Failure> begun() {
      return begun;
    }

    @Override
    public UUID id() {
      return Objects.requireNonNull(id);
    }

    @Override
    public Whereabouts whereabouts() {
      return at;
    }

    @Override
    public long beginBy() {
      return beginBy;
    }

    @Override
    public boolean tooSlow() {
      return begun.completeExceptionally(
          new UnavailableException(
              "its beginning was not durable in time and may still become so"));
    }

    @Override
    public void taken(String why) {
      reportAnswer();
      begun.completeExceptionally(new UnavailableException(why + ": another process finishes it"));
      leave();
    }

    void start(LiveSaga<D> saga) {
      id = saga.id();
      watchdog.watch(this);
      decide(saga, transitions::begin);
    }

    void resume(
        LiveSaga<D> saga,
        List<Signal> unread,
        Fence claimedUnder,
        long claimedAt,
        Runnable whenLeft) {
      id = saga.id();
      at.moveBy(claimedAt + watchdog.mayTake(saga.current()));
      fence = claimedUnder;
      claimed = true;
      left = whenLeft;
      begun.complete(null);
      if (!watchdog.keepsOthersAway(at)) {
        log.warn("The claim of saga {} came back too late: another node may have it", saga.id());
        leave();
        return;
      }
      watchdog.watchClaimed(this);
      // One of many that were claimed: they are to share a batch.
      decide(saga, unread, transitions::resume, groupCommit::submit);
    }

    private void decide(LiveSaga<D> saga, Function<LiveSaga<D>, Transition<D>> decision) {
      decide(saga, List.of(), heeding(decision), groupCommit::commit);
    }

    private Decision<D> heeding(Function<LiveSaga<D>, Transition<D>> decision) {
      return (saga, asked) -> transitions.heeding(saga, asked, decision);
    }

    /** It ends where it begins, and only notes why it was refused. */
    private boolean endsRefused(LiveSaga<D> saga, Transition<D> decided) {
      return !saga.stored() && decided.then() == Then.FINISH && decided.next().failure() != null;
    }

    private void decide(
        LiveSaga<D> saga,
        List<Signal> asked,
        Decision<D> decision,
        Function<WriteSet, CompletableFuture<GroupCommit.Settled>> commitAs) {
      decidedAt = watchdog.now();
      at.isAt("deciding its next step after", saga.current().name(), watchdog.leaseFrom(decidedAt));
      Transition<D> transition;
      try {
        transition = decision.of(saga, asked);
      } catch (Throwable e) {
        Throwable why = StepThrewException.cause(e);
        thrown = why; // the node hears of it once the saga is parked
        String step = e instanceof StepThrewException threw ? threw.step() : saga.current().name();
        TokenRedaction redaction = HostTexts.redaction(saga);
        faultLog.warn("Step " + step + " of saga " + saga.id() + " failed", step, why, redaction);
        if (!saga.stored()) {
          neverBegan(step, why, redaction);
          return;
        }
        LiveSaga<D> informed = Transitions.informed(asSent(saga), asked);
        transition =
            transitions.poisoned(informed, "step " + step + " failed: " + redaction.reason(why));
      }
      if (transition.effects().isEmpty()) {
        follow(transition);
        return;
      }
      Transition<D> decided = transition;
      Function<WriteSet, CompletableFuture<GroupCommit.Settled>> commit =
          endsRefused(saga, decided) ? groupCommit::commitRefused : commitAs;
      at.waitsFor("committing what follows", saga.current().name(), watchdog.leaseFrom(decidedAt));
      commit
          .apply(decided.writeSet())
          .whenComplete(
              (settled, fault) ->
                  safely(() -> settled(saga, asked, decision, decided, settled, fault)));
    }

    private void settled(
        LiveSaga<D> saga,
        List<Signal> asked,
        Decision<D> decision,
        Transition<D> decided,
        GroupCommit.@Nullable Settled settled,
        @Nullable Throwable fault) {
      if (settled == null) {
        failed(saga, asked, decision, decided, Objects.requireNonNull(fault));
      } else if (settled.result() instanceof CommitResult.Refused refused) {
        refused(saga, asked, decision, decided, refused);
      } else if (settled.result() instanceof CommitResult.Busy busy) {
        busy(saga, asked, decision, decided, busy);
      } else {
        fence = settled.fence();
        answer = null;
        unwritten.set(0);
        at.moveBy(decidedAt + watchdog.mayTake(decided.next().current()));
        begun.complete(null);
        follow(decided);
      }
    }

    private void failed(
        LiveSaga<D> saga,
        List<Signal> asked,
        Decision<D> decision,
        Transition<D> decided,
        Throwable fault) {
      if (saga.stored()
          && (fault instanceof NotWrittenException || fault instanceof WiringException)) {
        notWritten(saga, asked, decision, decided, fault);
      } else if (fault instanceof UnstorableDataException
          && saga.stored()
          && decided.next().state() != SagaState.PARKED) {
        log.error("The storage refuses what saga {} writes; it is parked", saga.id(), fault);
        thrown = fault;
        String why = "the storage refused its data: " + fault.getMessage();
        Decision<D> unlessAskedAgain =
            (s, all) ->
                all.size() == asked.size()
                    ? transitions.poisoned(Transitions.informed(asSent(s), all), why)
                    : decision.of(s, all);
        decide(saga, asked, unlessAskedAgain, groupCommit::commit);
      } else if (saga.stored() && fault instanceof UnstorableDataException unstorable) {
        abandon(unstorable);
      } else if (fault instanceof UnstorableDataException) {
        neverBegan(saga.current().name(), fault, HostTexts.redaction(saga));
      } else {
        lost(fault);
      }
    }

    /**
     * The storage is in trouble, and this process still owns the saga. With a provider's answer in
     * hand it tries again for a while: what can be written now need not be asked for later. After
     * that, and at once without an answer, the saga waits in the journal. Where not even that can
     * be written, it is tried as long as the lease stands.
     */
    private void notWritten(
        LiveSaga<D> saga,
        List<Signal> asked,
        Decision<D> decision,
        Transition<D> decided,
        Throwable fault) {
      int failed = unwritten.incrementAndGet();
      boolean waits = answer != null && failed <= TRIES_WITH_ANSWER;
      if (waits || decided.then() == Then.RELEASE) {
        long millis = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failed - 1, 8));
        timer.schedule(
            () ->
                safely(
                    () ->
                        whileOwned(
                            () -> decide(saga, asked, decision, groupCommit::submit), fault)),
            millis,
            TimeUnit.MILLISECONDS);
      } else {
        log.warn("Saga {} is put off: {}", saga.id(), fault.getMessage());
        putOff(saga, asked, "not written: " + fault.getMessage());
      }
    }

    private void whileOwned(Runnable action, Throwable otherwise) {
      Fence mine = fence;
      if (mine != null && ownership.holds(mine)) {
        action.run();
      } else {
        lost(otherwise);
      }
    }

    private void refused(
        LiveSaga<D> saga,
        List<Signal> asked,
        Decision<D> decision,
        Transition<D> decided,
        CommitResult.Refused refused) {
      String code = refused.failure().code();
      boolean ofJournal = decided.effects().get(refused.effect()) instanceof SagaEffect;
      if (ofJournal && code.equals(SagaEffect.SIGNALLED)) {
        // Not here: this is the thread of the group commit, and reading needs a connection.
        timer.execute(() -> safely(() -> readSignals(saga, decision)));
      } else if (ofJournal && saga.stored()) {
        log.debug("Saga {} is no longer this process's own: {}", saga.id(), refused.failure());
        reportAnswer();
        leave();
      } else if (!saga.stored() && firstStepRefused(decided, refused)) {
        begun.complete(refused.failure());
        leave();
      } else {
        decide(
            Transitions.informed(saga, asked),
            s -> transitions.refused(decided, s, refused.effect(), refused.failure()));
      }
    }

    /**
     * Somebody keeps a row locked. A stored saga waits in the journal, for the node that takes it
     * up when it is due. One that begins waits here for a moment, since its caller does; nothing of
     * it is written.
     */
    private void busy(
        LiveSaga<D> saga,
        List<Signal> asked,
        Decision<D> decision,
        Transition<D> decided,
        CommitResult.Busy busy) {
      String reason = busy.failure().message();
      if (!saga.stored()) {
        again(saga, decision, reason);
      } else if (decided.then() == Then.RELEASE) {
        // Its own row, perhaps: it keeps what it wants to note until that is free.
        timer.schedule(
            () -> safely(() -> decide(saga, asked, decision, groupCommit::submit)),
            LOCKED_WAIT.toMillis(),
            TimeUnit.MILLISECONDS);
      } else {
        putOff(saga, asked, reason);
      }
    }

    /** It waits in the journal, and the node that takes it up asks again for the answer. */
    private void putOff(LiveSaga<D> saga, List<Signal> asked, String reason) {
      LiveSaga<D> sent = asSent(saga);
      Answer<D> toReport = answer;
      if (toReport != null) {
        answer = null;
        late.reportUnwritten(toReport.saga(), toReport.step(), toReport.result());
      }
      decide(
          sent,
          asked,
          (s, all) -> transitions.later(s, all.size(), LOCKED_WAIT, reason),
          groupCommit::submit);
    }

    private void again(LiveSaga<D> saga, Decision<D> decision, String reason) {
      int attempt = lockedOut.incrementAndGet();
      if (LOCKED_RETRY.exhausted(attempt) || !waitingForLocks.tryAcquire()) {
        begun.completeExceptionally(
            new UnavailableException(reason + ": nothing was written, try again"));
        leave();
        return;
      }
      timer.schedule(
          () -> {
            waitingForLocks.release();
            safely(() -> decide(saga, List.of(), decision, groupCommit::submit));
          },
          LOCKED_RETRY.waitAfter(attempt).toMillis(),
          TimeUnit.MILLISECONDS);
    }

    /** Nothing was written, so there is nothing to park. */
    private void neverBegan(String step, Throwable why, TokenRedaction redaction) {
      begun.completeExceptionally(
          why instanceof TechCorpException && !(why instanceof UnstorableDataException)
              ? why
              : new StepFailedException(step, redaction.reason(why), redaction.safe(why)));
      leave();
    }

    /** A saga that was refused at its very beginning never was. */
    private boolean firstStepRefused(Transition<D> decided, CommitResult.Refused refused) {
      for (Transition.Span span : decided.spans()) {
        if (refused.effect() >= span.from() && refused.effect() < span.to()) {
          return span.step() == 0
              || refusesAll(decided.next().definition().steps().get(span.step()));
        }
      }
      return true;
    }

    private static boolean refusesAll(Step<?> step) {
      return step instanceof LocalStep<?> local && local.refusesAll();
    }

    /** Decides again, from what was last written and all that was asked since. */
    private void readSignals(LiveSaga<D> saga, Decision<D> decision) {
      try {
        Optional<SagaInstance> stored = journal.find(saga.id());
        List<Signal> all = journal.signals(saga.id());
        if (stored.isEmpty()) {
          reportAnswer();
          leave();
          return;
        }
        List<Signal> unread = all.subList(Math.min(saga.signals(), all.size()), all.size());
        decide(saga, List.copyOf(unread), decision, groupCommit::commit);
      } catch (TechCorpException e) {
        abandon(e);
      }
    }

    private void follow(Transition<D> transition) {
      LiveSaga<D> saga = transition.next();
      if (transition.then() == Then.FINISH) {
        leave();
        outcomes.ended(saga.definition(), saga.id(), new SagaOutcome(saga.failure()));
      } else if (transition.then() == Then.RELEASE) {
        if (saga.state() == SagaState.PARKED) {
          log.error(
              "Saga {} ({}) is PARKED at {}: {}",
              saga.id(),
              saga.definition().name(),
              saga.current().name(),
              saga.lastError());
        }
        leave();
      } else {
        whileLeased(() -> call(saga, transition.then()));
      }
    }

    /** A call is only sent while the lease surely stands; a late heartbeat is waited for. */
    private void whileLeased(Runnable call) {
      Fence mine = fence;
      if (gone.get()) {
        log.debug("Saga {} was taken from this process", id());
      } else if (mine == null || !ownership.holds(mine)) {
        leave(); // the node that has it next asks first what became of the call
      } else if (ownership.mayCall(mine)) {
        call.run();
      } else {
        timer.schedule(() -> safely(() -> whileLeased(call)), 20, TimeUnit.MILLISECONDS);
      }
    }

    private void call(LiveSaga<D> saga, Then then) {
      RemoteStep<D> step = (RemoteStep<D>) saga.current();
      long sendBy = calls.sendBy(step.timeout());
      if (then == Then.SEND) {
        make(saga, step, step.call(), sendBy, this::answered);
      } else if (then == Then.UNDO) {
        RemoteCall<D> undo = Objects.requireNonNull(step.undo());
        calls.make(
            request(saga, step, undo, ":undo", sendBy),
            listener(
                saga,
                result -> decide(saga, s -> transitions.undone(s, result)),
                ignored -> {})); // what it undid is asked for again
      } else if (then == Then.FORCE && step.byHand() != null) {
        make(saga, step, step.byHand(), sendBy, this::answered);
      } else if (saga.undecided() && step.inquiry() != null) {
        make(saga, step, step.inquiry(), sendBy, now -> asked(now, sendBy));
      } else {
        send(saga, step, sendBy);
      }
    }

    /** Many sagas that were claimed note together, in one batch. */
    private void send(LiveSaga<D> saga, RemoteStep<D> step, long sendBy) {
      if (step.notes()) {
        Decision<D> note = heeding(s -> transitions.noted(s, context(s, step, "")));
        decide(saga, List.of(), note, groupCommit::submit);
      } else {
        make(saga, step, step.call(), sendBy, this::answered);
      }
    }

    private void make(
        LiveSaga<D> saga,
        RemoteStep<D> step,
        RemoteCall<D> call,
        long sendBy,
        Consumer<Answer<D>> next) {
      calls.make(
          request(saga, step, call, "", sendBy),
          listener(
              saga,
              result -> {
                Answer<D> now = new Answer<>(saga, step, result);
                answer = now;
                next.accept(now);
              },
              result -> late.report(saga, step, result)));
    }

    private CallListener<D> listener(
        LiveSaga<D> saga, Consumer<StepResult<D>> answered, Consumer<StepResult<D>> tooLate) {
      return new CallListener<>(
          this::maySend,
          reason -> safely(() -> decide(saga, s -> transitions.notMade(s, reason))),
          fault -> threw(saga, fault),
          result ->
              safely(
                  () -> {
                    Throwable fatal = thrown;
                    if (fatal == null) {
                      answered.accept(HostTexts.clean(saga, result));
                    } else {
                      park(saga, fatal);
                    }
                  }),
          tooLate);
    }

    /** Logged the first time and the last; how often it came between is told by the attempts. */
    private void threw(LiveSaga<D> saga, Throwable fault) {
      RemoteStep<D> step = (RemoteStep<D>) saga.current();
      if (saga.attempt() == 0 || step.retryPolicy().exhausted(saga.attempt() + 1)) {
        faultLog.warn(
            "Step "
                + step.name()
                + " of saga "
                + saga.id()
                + " threw, attempt "
                + (saga.attempt() + 1),
            step.name(),
            fault,
            HostTexts.redaction(saga));
      }
      if (FaultBoundary.isFatal(fault)) {
        thrown = fault; // the node hears of it once the saga is parked
      } else {
        faults.caught(fault);
      }
    }

    /** A fatal error in its call: it may have been sent, and another node is to go on from here. */
    private void park(LiveSaga<D> saga, Throwable fatal) {
      String why = "step " + saga.current().name() + " failed: ";
      LiveSaga<D> sent = saga.tried(saga.attempt(), true, saga.lastError());
      decide(sent, s -> transitions.poisoned(s, why + HostTexts.redaction(saga).reason(fatal)));
    }

    /** A call may have waited for its thread for longer than the lease, or its row, is sure. */
    private boolean maySend() {
      Fence mine = fence;
      return !gone.get() && mine != null && ownership.mayCall(mine) && watchdog.keepsOthersAway(at);
    }

    /** It may wait for a thread for as long as its time-out, and then run for as long. */
    private RemoteCall<D> watched(RemoteStep<D> step, RemoteCall<D> call) {
      at.waitsFor("waiting for a thread to call", step.name(), watchdog.callFrom(step));
      return (data, context) -> {
        at.isAt("calling", step.name(), watchdog.callFrom(step));
        return call.call(data, context);
      };
    }

    private void answered(Answer<D> now) {
      decide(now.saga(), s -> transitions.answered(s, now.result()));
    }

    /**
     * "It never arrived" sends it again at once, under the same key; everything else is an answer.
     */
    private void asked(Answer<D> now, long sendBy) {
      LiveSaga<D> saga = now.saga();
      if (!(now.result() instanceof StepResult.Retry<D> retry)) {
        answered(now);
      } else if (saga.failure() != null || saga.deadlinePassed()) {
        StepResult<D> unknown = new StepResult.Unknown<>(retry.reason(), retry.effects());
        decide(saga, s -> transitions.answered(s, unknown));
      } else {
        // Within the same time: the journal has not been told that it goes on.
        whileLeased(() -> send(saga, now.step(), sendBy));
      }
    }

    private CallRequest<D> request(
        LiveSaga<D> saga, RemoteStep<D> step, RemoteCall<D> call, String suffix, long sendBy) {
      return new CallRequest<>(
          Definitions.service(saga.definition(), step),
          watched(step, call),
          saga.data(),
          context(saga, step, suffix),
          step.timeout(),
          sendBy,
          claimed);
    }

    private RemoteCall.Context context(LiveSaga<D> saga, RemoteStep<D> step, String suffix) {
      String key = saga.id() + ":" + step.name() + suffix;
      return new RemoteCall.Context(
          saga.id(), key, saga.attempt() + 1, saga.age(), saga.undecided());
    }

    /** A saga that cannot write its call's answer must not count as one whose call was not sent. */
    private LiveSaga<D> asSent(LiveSaga<D> saga) {
      return answer == null ? saga : saga.tried(saga.attempt(), true, saga.lastError());
    }

    /** What the provider told this process must not be lost with the saga. */
    private void reportAnswer() {
      Answer<D> unwritten = answer;
      if (unwritten != null) {
        answer = null;
        late.report(unwritten.saga(), unwritten.step(), unwritten.result());
      }
    }

    /** Its fate is not known, or the lease is gone: the journal knows better than this process. */
    private void lost(Throwable fault) {
      reportAnswer();
      begun.completeExceptionally(
          fault instanceof TechCorpException
              ? fault
              : new UnavailableException("its fate is not known: " + Reasons.of(fault), fault));
      leave();
    }

    /** This process owns the saga but cannot go on with it: it must become due again. */
    private void abandon(Throwable fault) {
      Fence mine = fence;
      lost(fault);
      if (mine != null) {
        letGo(mine, id(), fault);
      }
    }

    /** An error of ours between two steps must neither be swallowed nor leave the saga stuck. */
    private void safely(Runnable next) {
      try {
        next.run();
      } catch (Throwable e) {
        log.error("Driving a saga failed unexpectedly; it is taken up again from the journal", e);
        thrown = e;
        abandon(e);
      }
    }

    /** Once, on whichever way out comes first. */
    private void leave() {
      if (!gone.compareAndSet(false, true)) {
        return;
      }
      watchdog.forget(this);
      if (claimed) {
        inFlight.leaveDue();
      } else {
        inFlight.leave();
      }
      try {
        left.run();
      } finally {
        Throwable why = thrown;
        if (why != null) {
          faults.caught(why);
        }
      }
    }
  }

  /** What follows from a saga's last write and what was asked of it since. */
  @FunctionalInterface
  private interface Decision<D> {
    Transition<D> of(LiveSaga<D> saga, List<Signal> asked);
  }

  /** What a call came to, until it is written. */
  private record Answer<D>(LiveSaga<D> saga, RemoteStep<D> step, StepResult<D> result) {}
}
