package io.firstcome.api.cluster;

import io.firstcome.api.audit.AuditEntry;
import io.firstcome.api.audit.AuditLog;
import java.util.Optional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Notes what administrators have asked the cluster for, once the API server has taken it. The
 * operator's own entry follows when it has been done.
 */
record AdministratorActs(AuditLog audit, TransactionOperations transactions) {
  void note(AuditEntry entry) {
    note(Optional.of(entry));
  }

  void note(Optional<AuditEntry> entry) {
    entry.ifPresent(one -> transactions.executeWithoutResult(_ -> audit.add(one)));
  }
}
