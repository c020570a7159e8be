/** JSON as hosts read it: plain Java values that any JSON library writes as one expects. */
@NullMarked
package com.techcorp.json;

import org.jspecify.annotations.NullMarked;
