package io.firstcome.api.alert;

import io.firstcome.api.alert.AlertSettings.Mail;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Mail in plain text. The server is set with Spring Boot's own keys. */
final class MailChannel implements AlertChannel {
  private static final int REASON_CHARACTERS_MAX = 300;

  private final JavaMailSender server;
  private final String from;
  private final String[] to;

  MailChannel(JavaMailSender server, Mail addresses) {
    this.server = server;
    this.from = addresses.sender();
    this.to = addresses.to().toArray(String[]::new);
  }

  @Override
  public String name() {
    return "mail";
  }

  @Override
  public void send(AlertMessage message) throws AlertNotSentException {
    try {
      var mail = new MimeMessageHelper(server.createMimeMessage(), StandardCharsets.UTF_8.name());
      mail.setFrom(from);
      mail.setTo(to);
      mail.setSubject(message.subject());
      mail.setText(message.text());
      server.send(mail.getMimeMessage());
    } catch (MailException | MessagingException e) {
      var cause = NestedExceptionUtils.getMostSpecificCause(e);
      throw new AlertNotSentException(
          OneLine.of(
              cause.getClass().getSimpleName() + ": " + cause.getMessage(), REASON_CHARACTERS_MAX));
    }
  }
}
