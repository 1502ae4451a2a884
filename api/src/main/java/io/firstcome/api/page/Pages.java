package io.firstcome.api.page;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Which page is shown at which path. Who may see it is for the security to say. */
@Configuration(proxyBeanMethods = false)
class Pages implements WebMvcConfigurer {

  @Override
  public void addViewControllers(ViewControllerRegistry paths) {
    show(paths, "/", "participant");
    show(paths, "/campaigns/{name}", "participant");
    show(paths, "/sign-in", "sign-in");
    show(paths, "/admin", "campaigns");
    show(paths, "/admin/campaigns/{name}", "live");
    show(paths, "/admin/campaigns/{name}/order", "order");
    show(paths, "/admin/statistics", "statistics");
  }

  private static void show(ViewControllerRegistry paths, String path, String page) {
    paths.addViewController(path).setViewName("forward:/pages/" + page + ".html");
  }

  /** Always asked for: whoever has signed out is led to the sign-in again. */
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry files) {
    files
        .addResourceHandler("/pages/**")
        .addResourceLocations("classpath:/static/pages/")
        .setCacheControl(CacheControl.noCache());
  }

  /**
   * By content, because all files of a build have the same time. A browser keeps a file for some
   * minutes and then asks whether it is still the same. The tags are weak, because the server
   * compresses nothing that has a strong one.
   */
  @Bean
  FilterRegistrationBean<ShallowEtagHeaderFilter> etags() {
    var tags = new ShallowEtagHeaderFilter();
    tags.setWriteWeakETag(true);
    var filter = new FilterRegistrationBean<>(tags);
    filter.addUrlPatterns("/assets/*", "/webjars/*");
    return filter;
  }
}
