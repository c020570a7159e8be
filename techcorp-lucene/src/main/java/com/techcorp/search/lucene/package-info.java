/**
 * Search in the process, on Apache Lucene: {@link com.techcorp.search.lucene.LuceneIndex} keeps the
 * products of an index in a folder or in memory.
 */
@NullMarked
package com.techcorp.search.lucene;

import org.jspecify.annotations.NullMarked;
