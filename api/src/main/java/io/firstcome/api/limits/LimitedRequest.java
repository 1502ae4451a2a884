package io.firstcome.api.limits;

import io.firstcome.api.problem.ProblemException;
import io.firstcome.core.error.ErrorCode;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request whose body ends in a refusal once more than the allowed number of bytes were read. */
final class LimitedRequest extends HttpServletRequestWrapper {
  private final int bytesMax;
  private @Nullable ServletInputStream stream;
  private @Nullable BufferedReader reader;

  LimitedRequest(HttpServletRequest request, int bytesMax) {
    super(request);
    this.bytesMax = bytesMax;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (stream == null) {
      stream = new LimitedStream(super.getInputStream(), bytesMax);
    }
    return stream;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (reader == null) {
      String encoding = Objects.requireNonNullElse(getCharacterEncoding(), "UTF-8");
      reader =
          new BufferedReader(new InputStreamReader(getInputStream(), Charset.forName(encoding)));
    }
    return reader;
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream body;
    private final int bytesMax;
    private long bytesRead;

    LimitedStream(ServletInputStream body, int bytesMax) {
      this.body = body;
      this.bytesMax = bytesMax;
    }

    @Override
    public int read() throws IOException {
      int value = body.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = body.read(target, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int bytes) {
      bytesRead += bytes;
      if (bytesRead > bytesMax) {
        throw new ProblemException(
            ErrorCode.REQUEST_TOO_LARGE, "A body may have at most " + bytesMax + " bytes.");
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
