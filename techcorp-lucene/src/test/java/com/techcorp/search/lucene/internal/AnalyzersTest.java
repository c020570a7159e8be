package com.techcorp.search.lucene.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.IndexOptions.Language;
import com.techcorp.search.spi.Analysis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnalyzersTest {
  private static List<String> stems(Analyzer analyzer, String text) {
    return Analyzers.words(analyzer, DocumentMapping.TITLE, text);
  }

  private static Set<List<String>> stems(Analyzer analyzer, Collection<String> words) {
    Set<List<String>> stems = new HashSet<>();
    words.forEach(word -> stems.add(stems(analyzer, word)));
    return stems;
  }

  /** The words of the exceptions, by what they are replaced with. */
  private static Map<String, Set<String>> families(Language language) {
    Map<String, Set<String>> families = new TreeMap<>();
    for (Analysis.Filter filter : Analysis.of(language).filters()) {
      if (filter instanceof Analysis.Exceptions exceptions) {
        exceptions
            .stems()
            .forEach(
                (word, stem) -> families.computeIfAbsent(stem, s -> new TreeSet<>()).add(word));
      }
    }
    return families;
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void theWordsOfAFamilyMeet(Language language) {
    Analyzer analyzer = Analyzers.of(language);

    assertThat(families(language)).isNotEmpty();
    families(language)
        .forEach((stem, words) -> assertThat(stems(analyzer, words)).as(stem).hasSize(1));
  }

  /** A list that says what the stemmer does anyway would hide what it is for. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void eachFamilyIsNeeded(Language language) {
    List<Analysis.Filter> filters = new ArrayList<>(Analysis.of(language).filters());
    filters.removeIf(Analysis.Exceptions.class::isInstance);
    Analyzer stemmerAlone = Analyzers.analyzer(new Analysis(filters));

    families(language)
        .forEach(
            (stem, words) -> assertThat(stems(stemmerAlone, words)).as(stem).hasSizeGreaterThan(1));
  }

  @Test
  void wordsThatTheStemmerMixesUpAreKeptApart() {
    Analyzer portuguese = Analyzers.of(Language.PORTUGUESE);

    for (String[] pair :
        new String[][] {{"roupão", "roupa"}, {"limão", "lima"}, {"balão", "bala"}}) {
      assertThat(stems(portuguese, pair[0])).isNotEqualTo(stems(portuguese, pair[1]));
    }
  }

  @Test
  void textsAreSplitIntoWords() {
    Analyzer english = Analyzers.of(Language.ENGLISH);

    assertThat(stems(english, "Women's blue T-Shirts, BC1010 (100% cotton)"))
        .containsExactly("woman", "blue", "t", "shirt", "bc1010", "100", "cotton");
    assertThat(Analyzers.words(english, DocumentMapping.ALL_WORDS, "Calções & women's shirts"))
        .containsExactly("calcoes", "women's", "shirts");
  }
}
