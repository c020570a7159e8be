/** What a run writes into the documentation: its tables, its chart and where it took place. */
@NullMarked
package com.techcorp.bench.report;

import org.jspecify.annotations.NullMarked;
