package io.edgemc.placement.resolve.combine;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.api.target.Decision;
import io.edgemc.placement.resolve.PlacementId;
import io.edgemc.placement.resolve.PlacementResult;
import io.edgemc.placement.resolve.content.Contents;
import io.edgemc.placement.resolve.select.ConflictPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses between sources of an object, by the policy, and writes down why (the domain rules, §6). */
final class Decider {
    private final Contents contents;
    private final ContentMerge merge;

    Decider(Contents contents) {
        this.contents = contents;
        this.merge = new ContentMerge(contents);
    }

    /** A source and the content that it sends. */
    record Candidate(Source source, Digest content) {}

    /**
     * @param entry null if no new version goes out
     */
    record Decided(@Nullable ManifestEntry entry, @Nullable Contest contest) {}

    Decided decide(
            ObjectKey key, List<Candidate> candidates, Set<EntryFlag> flags, ConflictPolicy policy, boolean companion) {
        Digest first = candidates.getFirst().content();
        if (candidates.stream().allMatch(candidate -> candidate.content().equals(first))) {
            String type = candidates.size() > 1 ? "share" : companion ? "companion" : "select";
            return new Decided(ManifestEntry.apply(key, first, flags, plain(type, placements(candidates))), null);
        }
        List<Candidate> latestLast = new ArrayList<>(candidates);
        latestLast.sort((a, b) -> Source.LATEST.compare(a.source(), b.source()));
        return switch (policy) {
            case refuse -> new Decided(null, new Contest("refuse", null, views(candidates)));
            case latest -> won(key, latestLast, latestLast.getLast(), "latest", flags);
            case priority -> {
                Candidate highest = latestLast.stream()
                        .max((a, b) -> Source.HIGHEST.compare(a.source(), b.source()))
                        .orElseThrow();
                yield won(key, latestLast, highest, "priority", flags);
            }
            case merge -> merged(key, latestLast, flags);
        };
    }

    /** A decision that holds for many objects alike. */
    Digest plain(String type, Collection<PlacementId> placements) {
        return contents.write(new Decision(type, references(placements), null, null, null, null, null));
    }

    static List<Decision.Source> references(Collection<PlacementId> placements) {
        return placements.stream()
                .map(id -> new Decision.Source(id.space(), id.name(), id.uid()))
                .toList();
    }

    private Decided merged(ObjectKey key, List<Candidate> latestLast, Set<EntryFlag> flags) {
        boolean secret = latestLast.getFirst().source().object().secret();
        Digest content = merge.merge(latestLast.stream().map(Candidate::content).toList(), secret);
        if (content == null) {
            return won(key, latestLast, latestLast.getLast(), "latest", flags);
        }
        Digest decision = write("merge", key, placements(latestLast), "merged by key: " + revisions(latestLast));
        return new Decided(
                ManifestEntry.apply(key, content, flags, decision),
                new Contest("merge", null, views(latestLast.reversed())));
    }

    private Decided won(
            ObjectKey key, List<Candidate> candidates, Candidate winner, String rule, Set<EntryFlag> flags) {
        List<Candidate> losers = candidates.reversed().stream()
                .filter(candidate -> candidate != winner)
                .toList();
        List<PlacementId> placements = new ArrayList<>(winner.source().placements());
        placements.addAll(placements(losers));
        String why = revisions(List.of(winner)) + " over " + revisions(losers);
        Digest decision = write(rule, key, placements, why);
        return new Decided(
                ManifestEntry.apply(key, winner.content(), flags, decision),
                new Contest(rule, winner.source().view(), views(losers)));
    }

    private Digest write(String type, ObjectKey key, List<PlacementId> placements, String why) {
        return contents.write(new Decision(type, references(placements), key.text(), null, why, null, null));
    }

    private static List<PlacementId> placements(List<Candidate> candidates) {
        return candidates.stream()
                .flatMap(candidate -> candidate.source().placements().stream())
                .toList();
    }

    private static List<PlacementResult.Source> views(List<Candidate> candidates) {
        return candidates.stream().map(candidate -> candidate.source().view()).toList();
    }

    private static String revisions(List<Candidate> candidates) {
        return candidates.stream()
                .map(candidate -> candidate.source().space() + " at revision "
                        + candidate.source().object().revision())
                .collect(Collectors.joining(", "));
    }
}
