/** JMH benchmarks of paths that need no server, {@code mvn -q -Pjmh}. */
@NullMarked
package com.techcorp.bench.micro;

import org.jspecify.annotations.NullMarked;
