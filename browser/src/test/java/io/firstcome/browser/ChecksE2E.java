package io.firstcome.browser;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What every test of a page leaves to {@link Tab} is noticed there. */
class ChecksE2E {

  @Test
  void whatKeepsPeopleOutIsFound() {
    try (var tab = Tab.desktop()) {
      tab.open("/sign-in");
      tab.assertAccessible();
      tab.page()
          .evaluate(
              """
              () => {
                document.querySelector('label[for=password]').removeAttribute('for');
                document.querySelector('h1').style.color = '#eeeeee';
                document.querySelector('h1').style.background = '#ffffff';
              }\
              """);
      assertThatThrownBy(tab::assertAccessible)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("color-contrast: ")
          .hasMessageContaining("label: ");
    }
  }

  @Test
  void whatStandsBeyondTheEdgeIsFound() {
    try (var tab = Tab.phone("en-US")) {
      tab.open("/sign-in");
      tab.assertFits();
      tab.page().evaluate("() => { document.querySelector('main').style.width = '500px'; }");
      assertThatThrownBy(tab::assertFits)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("<main");
    }
  }

  @Test
  void whatTheBrowserComplainsAboutIsFound() {
    var tab = Tab.desktop();
    tab.open("/sign-in");
    tab.page().evaluate("() => { document.body.setAttribute('style', 'color: red'); }");
    tab.page().evaluate("() => fetch('/assets/nothing-is-here.js')");
    assertThatThrownBy(tab::close)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("status of 404");
  }
}
