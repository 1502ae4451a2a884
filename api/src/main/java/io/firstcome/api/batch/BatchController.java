package io.firstcome.api.batch;

import io.firstcome.api.batch.BatchLauncher.LaunchedRun;
import io.firstcome.api.paging.PageWanted;
import io.firstcome.api.problem.ProblemException;
import io.firstcome.api.statistics.AskedDates;
import io.firstcome.core.error.ErrorCode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows runs of batch jobs, and starts the aggregation by hand. */
@RestController
@RequestMapping(BatchController.PATH)
@Tag(name = "Batch")
final class BatchController {
  static final String PATH = "/api/admin/batch";

  private final BatchRuns runs;
  private final BatchStart start;
  private final AskedDates dates;

  BatchController(BatchRuns runs, BatchStart start, AskedDates dates) {
    this.runs = runs;
    this.start = start;
    this.dates = dates;
  }

  @PostMapping("/aggregate")
  @Operation(
      summary = "Aggregate the statistics of a day",
      description =
          "By default of yesterday. Any number of runs for a day give the same figures. While one"
              + " is at work the answer is 409 BATCH_RUNNING with its jobExecutionId.")
  ResponseEntity<LaunchedRun> aggregate(
      @RequestParam(required = false) @Nullable String date, Principal operator) {
    var launched = start.aggregate(dates.date(date), operator.getName());
    return ResponseEntity.accepted()
        .location(URI.create(PATH + "/status/" + launched.jobExecutionId()))
        .body(launched);
  }

  @GetMapping("/status/{jobExecutionId}")
  @Operation(summary = "How far a run is, or how it ended")
  BatchRun status(@PathVariable long jobExecutionId) {
    return runs.find(jobExecutionId)
        .orElseThrow(() ->
            new ProblemException(
                ErrorCode.BATCH_RUN_NOT_FOUND, "There is no run with this id (any more)."));
  }

  @GetMapping("/history")
  @Operation(
      summary = "The runs, newest first",
      description = "Of one job with job=daily-statistics. X-Total-Count has the number of all.")
  ResponseEntity<List<BatchRun>> history(
      @RequestParam(required = false) @Nullable String job,
      @RequestParam(defaultValue = "0") int page,
      @RequestParam(defaultValue = PageWanted.SIZE_DEFAULT) int size) {
    return PageWanted.answer(runs.list(job, new PageWanted(page, size)), runs.count(job));
  }
}
