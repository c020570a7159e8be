/**
 * Search for products on Elasticsearch 9: {@link
 * com.techcorp.search.elasticsearch.ElasticIndex#connect} is all that most hosts need.
 */
@NullMarked
package com.techcorp.search.elasticsearch;

import org.jspecify.annotations.NullMarked;
