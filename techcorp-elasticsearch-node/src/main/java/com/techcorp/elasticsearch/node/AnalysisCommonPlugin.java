package com.techcorp.elasticsearch.node;

import static org.elasticsearch.plugins.AnalysisPlugin.requiresAnalysisSettings;

import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.elasticsearch.index.analysis.PreConfiguredTokenFilter;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;

/**
 * The token filters of the module analysis-common that the library's index template names, under
 * the same names and with the same settings. The module is not in the registry; its filters are
 * Lucene's.
 */
public final class AnalysisCommonPlugin extends Plugin implements AnalysisPlugin {
  @Override
  public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
    return Map.of(
        "asciifolding",
        (index, environment, name, settings) -> new AsciiFolding(name, settings),
        "keyword_marker",
        requiresAnalysisSettings(
            (index, environment, name, settings) -> new KeywordMarker(name, settings)),
        "stemmer",
        (index, environment, name, settings) -> new Stemmer(name, settings),
        "stemmer_override",
        requiresAnalysisSettings(
            (index, environment, name, settings) -> new StemmerOverride(name, settings)));
  }

  @Override
  public List<PreConfiguredTokenFilter> getPreConfiguredTokenFilters() {
    return List.of(
        PreConfiguredTokenFilter.singleton("asciifolding", true, ASCIIFoldingFilter::new),
        PreConfiguredTokenFilter.singleton("porter_stem", false, PorterStemFilter::new),
        PreConfiguredTokenFilter.singleton("stemmer", false, PorterStemFilter::new));
  }
}
