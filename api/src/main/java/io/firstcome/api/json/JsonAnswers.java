package io.firstcome.api.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers in JSON tell their length and are written at once. Spring's own converter writes into the
 * connection while it renders, so that even the smallest answer came in two pieces, and a client
 * had to wake up twice for it.
 */
@Component
final class JsonAnswers implements WebMvcConfigurer {
  private final JsonMapper mapper;

  JsonAnswers(JsonMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
    converters.withJsonConverter(new WholeConverter(mapper));
  }

  private static final class WholeConverter extends JacksonJsonHttpMessageConverter {
    WholeConverter(JsonMapper mapper) {
      super(mapper);
    }

    @Override
    protected void writeInternal(
        Object answer,
        ResolvableType type,
        HttpOutputMessage output,
        @Nullable Map<String, Object> hints)
        throws IOException {
      var whole = new Whole(new ByteArrayOutputStream(), output.getHeaders());
      super.writeInternal(answer, type, whole, hints);
      output.getHeaders().setContentLength(whole.body.size());
      whole.body.writeTo(output.getBody());
    }
  }

  private record Whole(ByteArrayOutputStream body, HttpHeaders headers)
      implements HttpOutputMessage {
    @Override
    public OutputStream getBody() {
      return body;
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }
  }
}
