/** The description of the API that clients and the API page read. */
@NullMarked
package io.firstcome.api.openapi;

import org.jspecify.annotations.NullMarked;
