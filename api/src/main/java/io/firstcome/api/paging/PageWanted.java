package io.firstcome.api.paging;

import io.firstcome.api.problem.ProblemException;
import java.util.List;
import org.springframework.http.ResponseEntity;

/**
 * One page of a list. The answer is a plain JSON array; how many rows all pages have together is in
 * the header {@value #TOTAL_HEADER}.
 *
 * @param page from 0
 * @param size rows a page, 1 to {@value #SIZE_MAX}
 */
public record PageWanted(int page, int size) {
  /** The size where none is asked for, as text because annotations want it so. */
  public static final String SIZE_DEFAULT = "100";

  public static final int SIZE_MAX = 1_000;
  public static final String TOTAL_HEADER = "X-Total-Count";

  private static final int PAGE_MAX = 1_000_000;

  /** Refuses with {@code REQUEST_MALFORMED} what is out of bounds. */
  public PageWanted {
    if (page < 0 || page > PAGE_MAX) {
      throw ProblemException.malformed("page", "'page' must be 0 to " + PAGE_MAX + ".");
    }
    if (size < 1 || size > SIZE_MAX) {
      throw ProblemException.malformed("size", "'size' must be 1 to " + SIZE_MAX + ".");
    }
  }

  /** How many rows stand before this page. */
  public long offset() {
    return (long) page * size;
  }

  public static <T> ResponseEntity<List<T>> answer(List<T> rows, long total) {
    return ResponseEntity.ok().header(TOTAL_HEADER, Long.toString(total)).body(rows);
  }
}
