/**
 * Measures how good the first hits of a search are. {@link
 * com.techcorp.testkit.relevance.RelevanceSet} holds products, queries and what each product is
 * worth to who types the query; {@link com.techcorp.testkit.relevance.Ndcg} turns a page of hits
 * into a figure.
 */
@NullMarked
package com.techcorp.testkit.relevance;

import org.jspecify.annotations.NullMarked;
