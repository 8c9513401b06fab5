package io.edgemc.syncer.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.api.content.Digest;
import io.edgemc.api.json.ApiJson;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.state.Applied;
import io.edgemc.syncer.state.Held;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class FirstLookTest {
    private static final Digest DIGEST = Digest.sha256("content");
    private static final ObjectKey PAGE = ObjectKey.parse("configmaps/shop/page");

    @Test
    void theCacheMaySayThatAnOrdinaryObjectIsNotThere() {
        assertThat(FirstLook.mayBeCached(held(PAGE, Set.of()), false)).isTrue();
    }

    @Test
    void itMayNotWhereMoreHangsOnIt() {
        Held ordinary = held(PAGE, Set.of());

        assertThat(FirstLook.mayBeCached(held(PAGE, Set.of(EntryFlag.CREATE_ONLY)), false))
                .as("created once, and never over one that is there")
                .isFalse();
        assertThat(FirstLook.mayBeCached(held(PAGE, Set.of(EntryFlag.EXISTENCE)), false))
                .as("one that is there stays as it is")
                .isFalse();
        assertThat(FirstLook.mayBeCached(held(ObjectKey.parse("namespaces//shop"), Set.of()), false))
                .as("whether a namespace was there before us decides whether it is ever deleted")
                .isFalse();
        assertThat(FirstLook.mayBeCached(ordinary.applied(new Applied(DIGEST, "uid", "")), false))
                .as("it was applied before")
                .isFalse();
        assertThat(FirstLook.mayBeCached(ordinary, true))
                .as("nothing may ever be adopted")
                .isFalse();
    }

    @Test
    void whatTheCacheShowsIsReadAgain() throws IOException {
        ObjectNode old = object("ours");
        ObjectNode now = object("somebody-elses");

        assertThat(FirstLook.look(() -> Optional.of(old), () -> Optional.of(now)))
                .as("an object of somebody else in its place")
                .contains(now);
        assertThat(FirstLook.look(() -> Optional.of(old), Optional::empty))
                .as("deleted meanwhile")
                .isEmpty();
        assertThat(FirstLook.look(Optional::empty, () -> {
                    throw new IOException("a second question for nothing");
                }))
                .isEmpty();
    }

    private static Held held(ObjectKey key, Set<EntryFlag> flags) {
        return Held.of(ManifestEntry.apply(key, DIGEST, flags, DIGEST), "");
    }

    private static ObjectNode object(String owner) {
        return ApiJson.MAPPER.createObjectNode().put("owner", owner);
    }
}
