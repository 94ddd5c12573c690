package tv.roster.platform.secrets;

import java.util.List;

/// The keys for one [KeyUse]: the first seals, and each opens. A list remains the same object until the keys
/// change.
public interface Keys {
    /// The keys that this node knows: at most half a second old, read from a field.
    List<byte[]> known();

    /// The keys that the database contains now, for values that no known key opens: another node may have begun to
    /// seal with a new key while this one was cut off or suspended.
    List<byte[]> latest();

    /// For values sealed before this time (epoch seconds), there may be no key, since its generation was removed.
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
