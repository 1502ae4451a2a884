/** The tables of decisions: the statements that every writer of decisions shares, in plain JDBC. */
@NullMarked
package io.firstcome.core.ledger;

import org.jspecify.annotations.NullMarked;
