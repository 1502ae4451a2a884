package io.firstcome.api.registration;

import io.firstcome.api.campaign.CampaignDirectory;
import io.firstcome.api.campaign.RegisteredCampaign;
import io.firstcome.api.campaign.RegistrationRequest;
import io.firstcome.api.campaign.Registrations;
import io.firstcome.api.campaign.Registrations.RegisteredName;
import io.firstcome.api.json.StrictJson;
import io.firstcome.api.status.CampaignReading;
import io.firstcome.api.status.CampaignReadings;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Keeps the rows of campaigns equal to their resources; called by the operator alone. */
@RestController
@RequestMapping("/api/internal/campaigns")
@Hidden
final class RegistrationController {
  private final Registrations registrations;
  private final CampaignDirectory directory;
  private final CampaignReadings readings;
  private final StrictJson json;

  RegistrationController(
      Registrations registrations,
      CampaignDirectory directory,
      CampaignReadings readings,
      StrictJson json) {
    this.registrations = registrations;
    this.directory = directory;
    this.readings = readings;
    this.json = json;
  }

  @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Registration register(@PathVariable String name, @RequestBody byte[] body) {
    return registration(registrations.register(name, json.read(body, RegistrationRequest.class)));
  }

  @GetMapping("/{name}")
  Registration get(@PathVariable String name) {
    return registration(registrations.get(name));
  }

  @GetMapping
  List<RegisteredName> list(@RequestParam String namespace) {
    return registrations.list(namespace);
  }

  /** The resource is gone and the history is kept: the door is shut. */
  @PostMapping("/{name}/release")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void release(@PathVariable String name, @RequestParam String namespace) {
    registrations.release(name, namespace);
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String name, @RequestParam String namespace) {
    registrations.delete(name, namespace);
  }

  private Registration registration(RegisteredCampaign registered) {
    var behind =
        directory
            .find(registered.campaign().name())
            .map(readings::now)
            .map(CampaignReading::lag)
            .orElse(null);
    return Registration.of(registered, behind);
  }
}
