package tv.roster.platform.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.json.JsonWriter;

/// Each entry of the log as a JSON object on a line of its own. What an entry says about a request in pairs of keys
/// and values becomes members of the object.
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent line) {
        // Not by `Json`, whose parser takes long to load.
        var object = JsonWriter.write(json -> {
            json.writeStartObject();
            json.writeStringProperty("time", line.getInstant().toString());
            json.writeStringProperty("level", line.getLevel().toString());
            json.writeStringProperty("logger", line.getLoggerName());
            if (!line.getThreadName().isEmpty()) {
                json.writeStringProperty("thread", line.getThreadName());
            }
            json.writeStringProperty("message", line.getFormattedMessage());
            if (line.getKeyValuePairs() != null) {
                line.getKeyValuePairs().forEach(pair -> {
                    json.writeName(pair.key);
                    json.writeValue(pair.value);
                });
            }
            thrown(json, line.getThrowableProxy());
            json.writeEndObject();
        });
        var whole = Arrays.copyOf(object, object.length + 1);
        whole[object.length] = '\n';
        return whole;
    }

    private static void thrown(JsonWriter json, @Nullable IThrowableProxy thrown) {
        if (thrown != null) {
            json.writeStringProperty("error", thrown.getClassName());
            json.writeStringProperty("stack", ThrowableProxyUtil.asString(thrown));
        }
    }
}
