package tv.roster.platform.secrets;

import java.util.List;

/// The keys of one [KeyUse]: the first seals, each of them opens. A list stays the same object until they change.
public interface Keys {
    /// As this node knows them: half a second old, and no more than a field to read.
    List<byte[]> known();

    /// As the database has them now: for what no known key opens, since a node may have been cut off or have stood
    /// still
    /// while another one began to seal with a new key.
    List<byte[]> latest();

    /// What was sealed until then (epoch seconds) may be without a key, because its generation was removed.
    long lostUntil();

    /// Keys that never change.
    static Keys of(byte[]... keys) {
        var all = List.of(keys);
        return new Keys() {
            @Override
            public List<byte[]> known() {
                return all;
            }

            @Override
            public List<byte[]> latest() {
                return all;
            }

            @Override
            public long lostUntil() {
                return 0;
            }
        };
    }
}
