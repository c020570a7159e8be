/**
 * The library's front: {@link com.techcorp.TechCorp} wires ports to adapters and starts the engine.
 */
@NullMarked
package com.techcorp;

import org.jspecify.annotations.NullMarked;
