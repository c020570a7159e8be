package com.techcorp.saga.internal;

import com.techcorp.saga.spi.SagaJournal;

/** The parts of an engine that all sagas in this process use. Thread-safe. */
record EngineParts(
    Transitions transitions,
    SagaJournal journal,
    GroupCommit groupCommit,
    Ownership ownership,
    Watchdog watchdog,
    Outcomes outcomes,
    Pauses pauses,
    StepFaults faults,
    LateAnswers late) {}
