package io.firstcome.slice;

import io.firstcome.api.json.StrictJson;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class SliceAdminController {
  record Wish(String name, int count) {}

  private final StrictJson json;

  SliceAdminController(StrictJson json) {
    this.json = json;
  }

  @GetMapping("/api/admin/whoami")
  Map<String, String> whoami(Principal principal) {
    return Map.of("name", principal.getName());
  }

  @GetMapping("/api/admin/later")
  Callable<Map<String, String>> later() {
    return () -> Map.of("name", "later");
  }

  @PostMapping("/api/admin/wishes")
  Wish wish(@RequestBody byte[] body) {
    return json.read(body, Wish.class);
  }
}
