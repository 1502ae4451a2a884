package io.firstcome.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicDeletionDisabledException;
import org.junit.jupiter.api.Test;

class RefusedDeletionTest {
  @Test
  void whatKafkaHasDecidedIsARefusal() {
    var refused = Registrations.toldApart(unavailable(new TopicAuthorizationException("not you")));
    assertThat(refused.code()).isEqualTo(ErrorCode.CHANGE_REFUSED);
    assertThat(refused.detail()).isEqualTo("Kafka does not delete the topic: not you");
    assertThat(Registrations.toldApart(unavailable(new TopicDeletionDisabledException())).code())
        .isEqualTo(ErrorCode.CHANGE_REFUSED);
  }

  @Test
  void whatMayPassStaysWhatItIs() {
    for (var cause :
        new KafkaException[] {new TimeoutException("late"), new KafkaException("no answer")}) {
      var away = unavailable(cause);
      assertThat(Registrations.toldApart(away)).isSameAs(away);
    }
    var gone = new ProblemException(ErrorCode.CAMPAIGN_NOT_FOUND, "gone");
    assertThat(Registrations.toldApart(gone)).isSameAs(gone);
  }

  private static ProblemException unavailable(KafkaException cause) {
    return new ProblemException(ErrorCode.LOG_UNAVAILABLE, "The log did not.", cause);
  }
}
