package io.firstcome.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CampaignNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "christmas-airpods",
        "2026-summer",
        "a0123456789012345678901234567890123456789"
      })
  void takesLabelsOfUpToFortyCharacters(String name) {
    assertThat(CampaignName.isName(name)).isEqualTo(name.length() <= 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "a.b", "a b", "7", "2026", "에어팟"})
  void refusesWhatIsNoLabelOrReadsAsAnId(String name) {
    assertThat(CampaignName.isName(name)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Summer Sale!        | summer-sale-[a-z2-9]{6}
          Café Crème 50%      | cafe-creme-50-[a-z2-9]{6}
          크리스마스 에어팟   | campaign-[a-z2-9]{6}
          2026                | campaign-2026-[a-z2-9]{6}
          --                  | campaign-[a-z2-9]{6}
          """)
  void derivesALabel(String displayName, String expected) {
    var name = CampaignName.derive(displayName, new Random(1));
    assertThat(name).matches(expected);
    assertThat(CampaignName.isName(name)).isTrue();
  }

  @Test
  void derivesLabelsThatFit() {
    for (int length = 1; length <= 200; length++) {
      var name = CampaignName.derive("a b".repeat(length), new Random(length));
      assertThat(CampaignName.isName(name)).as(name).isTrue();
    }
  }
}
