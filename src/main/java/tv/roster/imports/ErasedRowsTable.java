package tv.roster.imports;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import tv.roster.imports.PersonRows.Owner;
import tv.roster.imports.file.Chunk;
import tv.roster.imports.file.RawRow;
import tv.roster.imports.file.RawRow.Fault;
import tv.roster.platform.secrets.Seal;
import tv.roster.platform.sql.LikePattern;
import tv.roster.platform.sql.Statements;
import tv.roster.values.people.Person;

/// Takes a person out of the imports of its tenant.
public final class ErasedRowsTable {
    private static final int PART = 1_000;

    /// After how many rows another task of the event loop gets its turn: a row takes some microseconds.
    private static final int ROWS_AT_ONCE = 50;

    /// How many rejected rows are looked at together: some tens of milliseconds.
    private static final int LOOKED_AT = 10_000;

    /// Of the next rows, those that may be about the person, which is then found out one by one; and the last row,
    /// after which it goes on.
    private static final String REJECTED = """
            with part as materialized (
                select r.import_id, r.line, r.external_id, r.errors, r.row
                  from import_rejected_row r
                 where r.tenant_id = $1 and (r.import_id, r.line) > ($2, $3)
                 order by r.import_id, r.line
                 limit $6
            )
            select p.import_id, p.line, p.external_id, p.errors, p.row
              from part p
             where p.external_id = any($4) or lower(replace(replace(p.row, ' ', ''), '-', '')) like any($5)
                or (p.import_id, p.line) = (select l.import_id, l.line from part l
                                             order by l.import_id desc, l.line desc limit 1)
             order by p.import_id, p.line""";

    private static final String ERASE_REJECTED = """
            update import_rejected_row r
               set external_id = null, errors = '[]', row = null
             where r.tenant_id = $1 and r.import_id = $2 and r.line = any($3)""";

    /// Whoever carries them out has to wait for the end of the erasure, and then finds that its lease is over.
    private static final String LOCK = """
            select %s from import i
             where i.tenant_id = $1 and (i.status in ('RECEIVING', 'QUEUED', 'RUNNING') or not i.cleared)
             order by i.id
               for no key update""".formatted(ImportsTable.COLUMNS);

    private static final String CHUNKS = """
            select c.number from import_chunk c
             where c.tenant_id = $1 and c.import_id = $2 and c.number > $3
             order by c.number
             limit $4""";

    private static final String REPLACE = """
            update import_chunk set sealed_rows = $4 where tenant_id = $1 and import_id = $2 and number = $3""";

    private static final String END_LEASE = """
            update import set lease = null, lease_until = 0
             where tenant_id = $1 and id = $2 and status = 'RUNNING'""";

    private static final String ERASE_DRAFTS = """
            delete from import_draft d
             where d.tenant_id = $1 and d.import_id = any($2)
               and (d.id = $3 or d.external_id = any($4) or d.email_key = any($5)
                    or (d.external_id is null and d.email_key is null
                        and regexp_replace(d.telephone, '[^0-9]', '', 'g') = any($6)))""";

    /// Which of these there are; the person's own row has been deleted.
    private static final String OTHERS = """
            select u.id, u.external_id from roster_user u where u.tenant_id = $1 and u.id = any($2)
            union all
            select u.id, u.external_id from roster_user u where u.tenant_id = $1 and u.external_id = any($3)""";

    private ErasedRowsTable() {}

    /// Empties the rejected rows that are about the person, of which the lines remain; returns their number.
    public static int eraseRejected(Statements transaction, Person person) {
        boolean few = person.fewWords().isPresent();
        var patterns = few ? patterns(person) : new String[] {"%"};
        int part = few ? LOOKED_AT : LOOKED_AT / 10;
        var externalIds = texts(few ? person.externalIds().stream() : Stream.empty());
        int erased = 0;
        var importId = new UUID(0, 0);
        long line = -1;
        boolean more = true;
        while (more) {
            var about = new HashMap<UUID, List<Long>>();
            var rows = transaction.read(REJECTED, person.tenant().value(), importId, line, externalIds, patterns, part);
            for (var row : rows) {
                importId = row.getUUID(0);
                line = row.getLong(1);
                if (PersonRows.include(
                        person, new RejectedRow(line, row.getString(2), row.getString(3), row.getString(4)))) {
                    about.computeIfAbsent(importId, id -> new ArrayList<>()).add(line);
                }
            }
            more = rows.size() > 0;
            erased += empty(transaction, person, about);
        }
        return erased;
    }

    private static int empty(Statements transaction, Person person, Map<UUID, List<Long>> about) {
        int emptied = 0;
        for (var lines : about.entrySet()) {
            emptied += transaction
                    .query(
                            ERASE_REJECTED,
                            person.tenant().value(),
                            lines.getKey(),
                            lines.getValue().toArray(Long[]::new))
                    .rowCount();
        }
        return emptied;
    }

    /// One of which each row about the person matches without its spaces and hyphens, unless its external id is known.
    private static String[] patterns(Person person) {
        var parts = Stream.of(Stream.of(person.user().toString()), mailboxes(person), person.telephoneDigits().stream())
                .flatMap(each -> each)
                .map(ErasedRowsTable::inJson);
        var values = person.externalIds().stream().flatMap(ErasedRowsTable::asValue);
        return texts(Stream.concat(parts, values)
                .flatMap(ErasedRowsTable::inLowerCase)
                .map(ErasedRowsTable::pattern));
    }

    /// An external id as a value in a row, by whatever name. One of digits may have been sent as a number.
    private static Stream<String> asValue(String externalId) {
        var text = '"' + inJson(externalId) + '"';
        boolean isNumber = externalId.chars().allMatch(character -> character >= '0' && character <= '9');
        return isNumber ? Stream.of(text, ':' + externalId) : Stream.of(text);
    }

    /// The parts of the addresses before the @: their domains can be written in two ways.
    private static Stream<String> mailboxes(Person person) {
        return person.emails().stream().map(email -> email.substring(0, email.lastIndexOf('@') + 1));
    }

    private static String inJson(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /// A database may leave letters that are not in ASCII as they are.
    private static Stream<String> inLowerCase(String text) {
        var ascii = text.codePoints()
                .map(character -> character < 0x80 ? Character.toLowerCase(character) : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return Stream.of(text.toLowerCase(Locale.ROOT), ascii).distinct();
    }

    private static String pattern(String text) {
        return LikePattern.containing(text.replace(" ", "").replace("-", ""));
    }

    private static String[] texts(Stream<String> texts) {
        return texts.toArray(String[]::new);
    }

    /// Replaces the rows about the person that have not been carried out yet, and deletes the drafts of dry runs;
    /// returns their number. A node that has such rows in memory loses the import, and cannot carry them out.
    public static int eraseWaiting(Statements transaction, Person person, Seal seal) {
        var jobs = new ArrayList<Import>();
        transaction.query(LOCK, person.tenant().value()).forEach(row -> jobs.add(ImportsTable.job(row)));
        int erased = 0;
        for (var job : jobs) {
            int replaced = replace(transaction, person, job, seal);
            if (replaced > 0) {
                transaction.query(END_LEASE, job.tenant().value(), job.id());
            }
            erased += replaced;
        }
        return erased
                + transaction
                        .query(
                                ERASE_DRAFTS,
                                person.tenant().value(),
                                jobs.stream().map(Import::id).toArray(UUID[]::new),
                                person.user().value(),
                                texts(person.externalIds().stream()),
                                texts(person.emailKeys().stream()),
                                texts(person.telephoneDigits().stream()))
                        .rowCount();
    }

    private static int replace(Statements transaction, Person person, Import job, Seal seal) {
        var about = new PersonRows(person, job);
        int replaced = 0;
        int number = -1;
        int found = PART;
        while (found == PART) {
            found = 0;
            for (var row : transaction.read(CHUNKS, job.tenant().value(), job.id(), number, PART)) {
                number = row.getInteger(0);
                replaced += replace(transaction, about, job, number, seal);
                found++;
            }
        }
        return replaced;
    }

    private static int replace(Statements transaction, PersonRows about, Import job, int number, Seal seal) {
        var key = new ImportQueueTable.Key(job.tenant(), job.id());
        var sealed = ImportQueueTable.chunk(transaction, key, number);
        var name = Preparation.sealed(job.id(), number);
        // What nobody can open any more, nobody carries out.
        var opened = sealed == null ? null : seal.open(sealed, name).orElse(null);
        if (opened == null) {
            return 0;
        }
        var rows = new ArrayList<>(Chunk.unpacked(opened));
        var naming = naming(rows, about);
        naming.values().removeAll(ofOthers(transaction, job, naming.values()));
        naming.keySet().forEach(at -> rows.set(at, new RawRow(rows.get(at).line(), Fault.ERASED, new byte[0])));
        if (!naming.isEmpty()) {
            var replaced = Buffer.buffer(seal.seal(Chunk.of(rows).packed(), name));
            transaction.query(REPLACE, job.tenant().value(), job.id(), number, replaced);
        }
        return naming.size();
    }

    /// Rows that are about other users, even if they name the person: somebody can get a former address of another.
    private static Set<Owner> ofOthers(Statements transaction, Import job, Collection<Owner> owners) {
        if (owners.stream().allMatch(Owner::isNobody)) {
            return Set.of();
        }
        var ids = owners.stream().map(Owner::id).filter(Objects::nonNull).toArray(UUID[]::new);
        var externalIds = texts(owners.stream().map(Owner::externalId).filter(Objects::nonNull));
        var others = new HashSet<Owner>();
        for (var row : transaction.read(OTHERS, job.tenant().value(), ids, externalIds)) {
            others.add(new Owner(row.getUUID(0), null));
            others.add(new Owner(null, row.getString(1)));
        }
        others.remove(Owner.NOBODY);
        return others;
    }

    /// The places of the rows that name the person.
    @SuppressWarnings("ThreadPriorityCheck") // On an event loop, to yield is to go to the end of its tasks.
    private static Map<Integer, Owner> naming(List<RawRow> rows, PersonRows about) {
        var found = new TreeMap<Integer, Owner>();
        for (int at = 0; at < rows.size(); at++) {
            int place = at;
            about.naming(rows.get(at)).ifPresent(owner -> found.put(place, owner));
            if (at % ROWS_AT_ONCE == 0) {
                Thread.yield();
            }
        }
        return found;
    }
}
