/**
 * How the operator of a cluster keeps campaigns registered: an internal interface, not for people.
 */
@NullMarked
package io.firstcome.api.registration;

import org.jspecify.annotations.NullMarked;
