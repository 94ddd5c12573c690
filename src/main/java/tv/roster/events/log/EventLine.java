package tv.roster.events.log;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tv.roster.platform.sql.Sql;
import tv.roster.values.ids.EventId;
import tv.roster.work.Author;

/// An entry of the event log that a statement is about to write: its id, its time and its author. Binds the
/// parameters of the insert of [EventLog].
public record EventLine(EventId id, OffsetDateTime time, Author author) implements Sql.Part {
    /// The time of the change in epoch seconds.
    public long epochSecond() {
        return time.toEpochSecond();
    }

    @Override
    public void bindTo(Sql.Binding binding) {
        binding.set("event_id", id.value());
        bindAuthor(binding);
    }

    /// The same for many entries at once: everything except their ids, which are the array `:event_ids`.
    public Sql.Part withIds(UUID[] ids) {
        return binding -> {
            binding.set("event_ids", ids);
            bindAuthor(binding);
        };
    }

    /// For many entries whose ids are in the rows of the statement.
    public Sql.Part withoutId() {
        return this::bindAuthor;
    }

    private void bindAuthor(Sql.Binding binding) {
        binding.set("event_time", time)
                .set("event_key", apiKey())
                .set("event_agent", agent())
                .set("event_address", author.address())
                .set("event_request", author.requestId());
    }

    private @Nullable UUID agent() {
        var agent = author.agent();
        return agent == null ? null : agent.value();
    }

    private @Nullable UUID apiKey() {
        var key = author.apiKey();
        return key == null ? null : key.value();
    }
}
