/** Figures as text: the screen, Markdown tables and the findings of the scenarios. */
@NullMarked
package com.techcorp.bench.text;

import org.jspecify.annotations.NullMarked;
