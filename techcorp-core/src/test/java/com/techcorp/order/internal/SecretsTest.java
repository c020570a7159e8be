package com.techcorp.order.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.payment.CardToken;
import com.techcorp.saga.Effect;
import com.techcorp.saga.Failure;
import com.techcorp.saga.StepResult;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A provider may repeat the card token in what it says; what is kept does not have it. */
class SecretsTest {
  private static final CardToken TOKEN = new CardToken("4242-secret");

  private record Wrote(String what) implements Effect {}

  @Test
  void takesTheTokenOutOfReasonsAndKeepsTheEffects() throws Exception {
    assertThat(
            Secrets.<String>kept(
                TOKEN, () -> StepResult.unknown("no answer for 4242-secret", new Wrote("x"))))
        .isEqualTo(StepResult.unknown("no answer for tok_***", new Wrote("x")));
    assertThat(
            Secrets.<String>kept(
                TOKEN, () -> StepResult.retry("503 for 4242-secret", new Wrote("x"))))
        .isEqualTo(StepResult.retry("503 for tok_***", new Wrote("x")));
  }

  @Test
  void leavesWhatWasDecidedAsItIs() throws Exception {
    StepResult<String> done = StepResult.done("data");
    StepResult<String> rejected = StepResult.rejected(Failure.of("DECLINED", "no"));

    assertThat(Secrets.kept(TOKEN, () -> done)).isSameAs(done);
    assertThat(Secrets.kept(TOKEN, () -> rejected)).isSameAs(rejected);
  }

  @Test
  void anExceptionIsAnAnswerThatDidNotComeWithoutTheToken() throws Exception {
    StepResult<String> result =
        Secrets.kept(
            TOKEN,
            () -> {
              throw new IOException("reset while sending 4242-secret");
            });

    assertThat(result)
        .isEqualTo(StepResult.unknown("java.io.IOException: reset while sending tok_***"));
  }

  @Test
  void anInterruptStaysOne() {
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(
            () ->
                Secrets.kept(
                    TOKEN,
                    () -> {
                      throw new InterruptedException();
                    }));
  }

  @Test
  void withoutATokenThereIsNothingToTakeOut() throws Exception {
    StepResult<String> retry = StepResult.retry("503");

    assertThat(Secrets.kept(null, () -> retry)).isSameAs(retry);
    assertThat(Secrets.kept(new CardToken(""), () -> retry)).isSameAs(retry);
    assertThat(Secrets.clean("503", null)).isEqualTo("503");
    assertThat(Secrets.clean("503", new CardToken(""))).isEqualTo("503");
    assertThat(Secrets.clean("4242-secret", TOKEN)).isEqualTo("tok_***");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                Secrets.kept(
                    null,
                    () -> {
                      throw new IOException("as it is");
                    }));
  }
}
