/**
 * How an index works on Elasticsearch; no promise. {@link
 * com.techcorp.search.elasticsearch.internal.EngineCalls} is the only way to the server; {@link
 * com.techcorp.search.elasticsearch.internal.SearchBody} says in JSON what a plan says.
 */
@NullMarked
package com.techcorp.search.elasticsearch.internal;

import org.jspecify.annotations.NullMarked;
