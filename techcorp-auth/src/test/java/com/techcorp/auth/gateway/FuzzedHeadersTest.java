package com.techcorp.auth.gateway;

import static com.techcorp.auth.gateway.TestContexts.BEN;
import static com.techcorp.auth.gateway.TestContexts.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever headers come from outside, none of them becomes an identity. */
@Tag("T35")
@Tag("T55")
class FuzzedHeadersTest {
  private static final ContextVerdict ANONYMOUS = new ContextVerdict.Anonymous();

  private final ContextSigner gateway = TestContexts.signer();
  private final ContextVerifier service = TestContexts.verifier();

  @Test
  void none1000BecomesAnIdentity() {
    becomeNobody(1_000);
  }

  @Test
  @Tag("soak")
  void none20000BecomesAnIdentity() {
    becomeNobody(20_000);
  }

  private void becomeNobody(int sets) {
    long seed = new Random().nextLong();
    System.out.println("FuzzedHeadersTest: " + sets + " sets of headers, seed " + seed);
    OutsideSets outside = new OutsideSets(new Random(seed));
    for (int i = 0; i < sets; i++) {
      RequestHeaders set = outside.next();
      RequestHeaders stripped = gateway.strip(set);
      RequestHeaders signed = gateway.sign(REQUEST, set, BEN);
      for (LenientServer server : LenientServer.values()) {
        String where = server + " reads set " + i + " of seed " + seed;
        assertThat(service.verify(REQUEST, server.read(set)))
            .as("without a gateway, %s", where)
            .isNotInstanceOf(ContextVerdict.Accepted.class);
        assertThat(service.verify(REQUEST, server.read(stripped)))
            .as("without a token, %s", where)
            .isEqualTo(ANONYMOUS);
        assertThat(service.verify(REQUEST, server.read(signed)))
            .as("with Ben's token, %s", where)
            .isEqualTo(new ContextVerdict.Accepted(BEN));
      }
    }
  }

  /** The sets above are such that weaker gateways let something through. */
  @Test
  void aGatewayThatComparesNamesInAnyLetterCaseLetsSomethingThrough() {
    assertThat(fooled(this::withoutNamesInAnyLetterCase))
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(LenientServer.STRICT)));
  }

  @Test
  void aGatewayThatLooksAtTheFirst100HeadersLetsSomethingThrough() {
    assertThat(fooled(this::withoutWhatIsAmongTheFirst100)).contains(LenientServer.STRICT);
  }

  private RequestHeaders withoutNamesInAnyLetterCase(RequestHeaders outside) {
    return outside.filter((name, value) -> !isContextHeader(name));
  }

  private RequestHeaders withoutWhatIsAmongTheFirst100(RequestHeaders outside) {
    int[] seen = new int[1];
    return outside.filter((name, value) -> seen[0]++ >= 100 || OutsideHeaders.mayPass(name, value));
  }

  private static boolean isContextHeader(String name) {
    return HeaderSyntax.isName(name)
        && (name.equalsIgnoreCase(ContextHeaders.SIGNATURE)
            || ContextHeaders.SIGNED.stream().anyMatch(name::equalsIgnoreCase));
  }

  /** Which servers find a context header behind such a gateway. */
  private Set<LenientServer> fooled(UnaryOperator<RequestHeaders> weakGateway) {
    OutsideSets outside = new OutsideSets(new Random(1));
    Set<LenientServer> fooled = EnumSet.noneOf(LenientServer.class);
    for (int i = 0; i < 500; i++) {
      RequestHeaders forwarded = weakGateway.apply(outside.next());
      for (LenientServer server : LenientServer.values()) {
        server
            .read(forwarded)
            .forEach(
                (name, value) -> {
                  if (isContextHeader(name)) {
                    fooled.add(server);
                  }
                });
      }
    }
    return fooled;
  }
}
