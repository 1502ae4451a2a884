/** The campaign in the api. */
@NullMarked
package io.firstcome.operator.registration;

import org.jspecify.annotations.NullMarked;
