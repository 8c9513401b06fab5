package io.edgemc.api.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Content;
import io.edgemc.api.content.Digest;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.TargetDiff;
import io.edgemc.api.target.TargetState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** The algebra of manifests, over random sets and random orders of change. */
class ManifestTreeProperties {
    private final Map<Digest, ManifestNode> stored = new HashMap<>();
    private final Set<Digest> read = new HashSet<>();
    private final ManifestTree tree = new ManifestTree(digest -> {
        read.add(digest);
        ManifestNode node = stored.get(digest);
        if (node == null) {
            throw new MissingContentException(digest);
        }
        return node;
    });

    @Property(tries = 60)
    void theDigestIsAFunctionOfTheSetAlone(@ForAll @IntRange(max = 400) int size, @ForAll long seed) {
        // Given a set of entries
        Random random = new Random(seed);
        List<ManifestEntry> entries = entries(size, random);
        Digest atOnce = tree.build(entries, this::store);
        // When it comes about one by one in another order, with others that come and go
        List<ManifestEntry> shuffled = new ArrayList<>(entries);
        Collections.shuffle(shuffled, random);
        Digest step = ManifestTree.EMPTY;
        for (ManifestEntry entry : shuffled) {
            ManifestEntry passing = entry(random.nextInt(), random);
            step = tree.with(step, Map.of(passing.key(), passing), this::store);
            step = tree.with(step, Map.of(entry.key(), entry), this::store);
            step = tree.with(step, removal(passing.key()), this::store);
        }
        Digest stepwise = tree.with(step, asMap(entries), this::store);
        // Then the digest is the same
        assertThat(stepwise).isEqualTo(atOnce);
        assertThat(tree.entries(atOnce)).containsExactlyInAnyOrderElementsOf(entries);
        assertThat(tree.count(atOnce)).isEqualTo(entries.size());
    }

    @Property(tries = 60)
    void applyingADifferenceLeadsThere(@ForAll long seed) {
        Random random = new Random(seed);
        // Given two sets that have much in common: of the first, some entries went, some changed, others came
        Map<ObjectKey, ManifestEntry> before = asMap(entries(1 + random.nextInt(2_000), random));
        Map<ObjectKey, ManifestEntry> after = new HashMap<>(before);
        int share = 1 + random.nextInt(100);
        before.forEach((key, entry) -> {
            if (random.nextInt(100) < share) {
                after.remove(key);
            } else if (random.nextInt(100) < share) {
                after.put(key, ManifestEntry.apply(key, digest(random), Set.of(), digest(random)));
            }
        });
        after.putAll(asMap(entries(random.nextInt(1 + share), random)));
        Digest from = tree.build(List.copyOf(before.values()), this::store);
        Digest to = tree.build(List.copyOf(after.values()), this::store);
        // When the difference is taken and applied
        List<EntryChange> difference = tree.diff(from, to);
        Map<ObjectKey, @Nullable ManifestEntry> changes = new LinkedHashMap<>();
        difference.forEach(change -> changes.put(change.key(), change.after()));
        // Then from has become to, and the difference holds what differs and nothing of what is equal
        assertThat(tree.with(from, changes, this::store)).isEqualTo(to);
        assertThat(difference).containsExactlyInAnyOrderElementsOf(differing(before, after));
    }

    @Property(tries = 40)
    void equalPartsAreTheSameNodesAndADifferenceReadsOnlyWhatDiffers(@ForAll long seed) {
        // Given a large manifest
        Random random = new Random(seed);
        List<ManifestEntry> entries = entries(3_000, random);
        Digest before = tree.build(entries, this::store);
        int nodes = stored.size();
        // When one entry changes
        ManifestEntry old = entries.get(random.nextInt(entries.size()));
        ManifestEntry changed = ManifestEntry.apply(old.key(), digest(random), Set.of(), digest(random));
        Digest after = tree.with(before, Map.of(changed.key(), changed), this::store);
        // Then a path of nodes is new, the rest is shared, and the difference reads just that path twice
        assertThat(stored.size() - nodes).isLessThanOrEqualTo(5);
        read.clear();
        assertThat(tree.diff(before, after)).containsExactly(new EntryChange(old, changed));
        assertThat(read.size()).isLessThanOrEqualTo(10);
    }

    @Property(tries = 40)
    void overlayEntriesHideThoseOfTheManifest(@ForAll long seed) {
        Random random = new Random(seed);
        List<ManifestEntry> base = entries(80, random);
        List<ManifestEntry> overlay = entries(20, random);
        TargetState state = new TargetState(tree.build(base, this::store), tree.build(overlay, this::store));
        // When all effective entries are read, and when they are read as a difference from nothing
        TargetDiff diff = new TargetDiff(tree);
        Map<ObjectKey, ManifestEntry> expected = asMap(base);
        expected.putAll(asMap(overlay));
        // Then both give the same
        assertThat(diff.entries(state)).containsExactlyInAnyOrderElementsOf(expected.values());
        assertThat(diff.diff(TargetState.EMPTY, state).stream().map(EntryChange::after))
                .containsExactlyInAnyOrderElementsOf(expected.values());
    }

    /** The slow way: key by key. */
    private static List<EntryChange> differing(
            Map<ObjectKey, ManifestEntry> before, Map<ObjectKey, ManifestEntry> after) {
        Set<ObjectKey> keys = new HashSet<>(before.keySet());
        keys.addAll(after.keySet());
        List<EntryChange> changes = new ArrayList<>();
        for (ObjectKey key : keys) {
            if (!Objects.equals(before.get(key), after.get(key))) {
                changes.add(new EntryChange(before.get(key), after.get(key)));
            }
        }
        return changes;
    }

    private void store(Content content) {
        stored.put(content.digest(), ManifestNode.parse(content.bytes()));
    }

    private static List<ManifestEntry> entries(int size, Random random) {
        Map<ObjectKey, ManifestEntry> entries = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            ManifestEntry entry = entry(random.nextInt(2 * size), random);
            entries.put(entry.key(), entry);
        }
        return List.copyOf(entries.values());
    }

    private static ManifestEntry entry(int number, Random random) {
        ObjectKey key =
                new ObjectKey("apps", "deployments", "ns" + number % 7, "web-" + Integer.toUnsignedString(number));
        Set<EntryFlag> flags = random.nextBoolean() ? Set.of() : Set.of(EntryFlag.CREATE_ONLY);
        return random.nextInt(5) == 0
                ? ManifestEntry.delete(key, flags, digest(random))
                : ManifestEntry.apply(key, digest(random), flags, digest(random));
    }

    private static Digest digest(Random random) {
        byte[] bytes = new byte[Digest.BYTES];
        random.nextBytes(bytes);
        return Digest.of(bytes);
    }

    private static Map<ObjectKey, ManifestEntry> asMap(List<ManifestEntry> entries) {
        Map<ObjectKey, ManifestEntry> map = new HashMap<>();
        entries.forEach(entry -> map.put(entry.key(), entry));
        return map;
    }

    private static Map<ObjectKey, @Nullable ManifestEntry> removal(ObjectKey key) {
        Map<ObjectKey, @Nullable ManifestEntry> map = new HashMap<>();
        map.put(key, null);
        return map;
    }
}
