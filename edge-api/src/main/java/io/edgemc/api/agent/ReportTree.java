package io.edgemc.api.agent;

import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Hashes over reported objects, kept up to date in O(1) per change: an object falls into a bucket by its key; a bucket's hash is
 * the sum (mod 2^64) of its objects' hashes. Two sides that reported the same have the same root. Not thread-safe.
 */
public final class ReportTree {
    /** Number of buckets; an object's bucket is the first byte of the SHA-256 of its key's text. */
    public static final int BUCKETS = 256;

    private final long[] sums = new long[BUCKETS];
    private int count;

    /** The bucket of an object. */
    public static int bucket(ObjectKey key) {
        return Digest.sha256(key.text()).at(0);
    }

    /**
     * What an object adds to its bucket. Sums of a bucket may be kept elsewhere, and wrap around as {@code long} does. It says as
     * much about the object as its report hash.
     */
    public static long weight(ObjectKey key, String hash) {
        return ByteBuffer.wrap(Digest.sha256(key.text() + "|" + hash).bytes()).getLong();
    }

    /** Objects of one bucket that were summed up elsewhere are there now. */
    public void addSum(int bucket, long sum, int objects) {
        sums[bucket] += sum;
        count += objects;
    }

    /** An object with this report hash is there now. */
    public void add(ObjectKey key, String hash) {
        sums[bucket(key)] += weight(key, hash);
        count++;
    }

    /** An object that was added with this hash is there no more. */
    public void remove(ObjectKey key, String hash) {
        sums[bucket(key)] -= weight(key, hash);
        count--;
    }

    public int count() {
        return count;
    }

    /** The hash of each bucket, 16 hex digits. */
    public List<String> buckets() {
        List<String> buckets = new ArrayList<>(BUCKETS);
        for (long sum : sums) {
            buckets.add(HexFormat.of().toHexDigits(sum));
        }
        return buckets;
    }

    /** Hex SHA-256 over all buckets. */
    public String root() {
        ByteBuffer all = ByteBuffer.allocate(BUCKETS * Long.BYTES);
        for (long sum : sums) {
            all.putLong(sum);
        }
        return Digest.sha256(all.array()).hex();
    }
}
