/**
 * How {@link com.techcorp.search.lucene.LuceneIndex} does its work; no promise.
 *
 * <p>{@code TargetStore} is where targets are. {@code IndexTarget} writes and reads one of them, in
 * the form that {@code DocumentMapping} gives documents. {@code PlanSearch} runs a plan: {@code
 * QueryTranslation} and {@code SortTranslation} say it in Lucene's words, {@code FacetCounts}
 * counts, {@code Highlights} marks.
 */
@NullMarked
package com.techcorp.search.lucene.internal;

import org.jspecify.annotations.NullMarked;
