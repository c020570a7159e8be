package com.techcorp.search.spi;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.IndexOptions.Language;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnalysisTest {
  private static List<String> rules(Language language) {
    for (Analysis.Filter filter : Analysis.of(language).filters()) {
      if (filter instanceof Analysis.Exceptions exceptions) {
        return exceptions.rules();
      }
    }
    return List.of();
  }

  @Test
  void exceptionsJoinTheWordsOfAFamily() {
    assertThat(rules(Language.PORTUGUESE)).contains("azul => azul", "azuis => azul");
    assertThat(rules(Language.ENGLISH)).contains("woman => woman", "women => woman");
  }

  @Test
  void exceptionsHoldWithoutAccentsToo() {
    assertThat(rules(Language.PORTUGUESE))
        .contains("calção => calção", "calções => calção", "calcao => calção", "calcoes => calção");
  }

  @Test
  void rulesAreSorted() {
    for (Language language : Language.values()) {
      assertThat(rules(language)).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void theFingerprintTellsAnalysesApart() {
    Analysis english = Analysis.of(Language.ENGLISH);
    TreeMap<String, String> stems = new TreeMap<>();
    stems.put("mice", "mouse");
    Analysis other = new Analysis(List.of(new Analysis.Exceptions(stems)));
    stems.put("geese", "goose");
    Analysis longer = new Analysis(List.of(new Analysis.Exceptions(stems)));

    assertThat(List.of(english, Analysis.of(Language.PORTUGUESE), Analysis.words(), other, longer))
        .extracting(Analysis::fingerprint)
        .doesNotHaveDuplicates();
    assertThat(new Analysis(english.filters()).fingerprint()).isEqualTo(english.fingerprint());
  }

  /** Another process computes it anew, so it must not depend on identities or on an order. */
  @Test
  void theFingerprintIsTheSameInEveryProcess() {
    Analysis small =
        new Analysis(
            List.of(new Analysis.LowerCase(), new Analysis.LightStemmer(Language.ENGLISH)));

    assertThat(small.fingerprint()).isEqualTo("6d3040a4");
  }
}
