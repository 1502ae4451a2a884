package io.firstcome.operator.crd;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a newer or looser definition of the resource let in. One resource that cannot be
 * decoded would otherwise end the watch, and with it the work for all others.
 */
final class Lenient {
  private Lenient() {}

  private static <T> T read(JsonParser parser, Class<T> type) throws IOException {
    JsonNode tree = parser.readValueAsTree();
    return parser.getCodec().treeToValue(tree, type);
  }

  static final class Spec extends JsonDeserializer<CampaignSpec> {
    @Override
    public CampaignSpec deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return read(parser, CampaignSpec.class);
      } catch (JsonProcessingException e) {
        return CampaignSpec.unreadable(e.getOriginalMessage());
      }
    }
  }

  static final class Status extends JsonDeserializer<CampaignStatus> {
    @Override
    public @Nullable CampaignStatus deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      try {
        return read(parser, CampaignStatus.class);
      } catch (JsonProcessingException e) {
        // Ours, of another version; everything in it is found out again.
        return null;
      }
    }
  }
}
