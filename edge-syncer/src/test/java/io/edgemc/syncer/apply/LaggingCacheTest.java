package io.edgemc.syncer.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.edgemc.api.content.Digest;
import io.edgemc.api.manifest.EntryFlag;
import io.edgemc.api.manifest.ManifestEntry;
import io.edgemc.api.object.ObjectKey;
import io.edgemc.syncer.config.AdoptionPolicy;
import io.edgemc.syncer.config.DriftPolicy;
import io.edgemc.syncer.kube.KubeClient;
import io.edgemc.syncer.state.Applied;
import io.edgemc.syncer.state.Held;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Whom the first look at an object asks: the API server's cache, or its store where more hangs on the answer. */
@Timeout(60)
final class LaggingCacheTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectKey PAGE = ObjectKey.parse("configmaps/shop/a");
    private static final ObjectKey NAMESPACE = ObjectKey.parse("namespaces//a");
    private static final Digest DIGEST = Digest.sha256("content");
    private static final ObjectNode NOTHING = null;

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private AdoptionPolicy adoptionPolicy = AdoptionPolicy.IF_SAME;
    private DriftPolicy driftPolicy = DriftPolicy.CORRECT;
    private LaggingServer server;
    private KubeClient kube;

    @BeforeEach
    void start() throws Exception {
        server = new LaggingServer();
        kube = new KubeClient(server.access(), executor);
    }

    @AfterEach
    void stop() {
        kube.close();
        server.close();
        executor.shutdownNow();
    }

    @Test
    void thatNothingIsThereTheCacheMaySay() throws Exception {
        apply(held(PAGE));

        assertThat(server.reads()).containsExactly("cache");
        assertThat(server.applied()).hasSize(1);
    }

    @Test
    void whatTheCacheShowsIsReadAndMayBeGone() throws Exception {
        server.has(configMap("theirs"), NOTHING);

        apply(held(PAGE));

        assertThat(server.reads()).containsExactly("cache", "store");
        assertThat(server.applied()).hasSize(1);
    }

    @Test
    void whatSomebodyElseOwnsIsNotOverwritten() {
        server.has(configMap("theirs"), configMap("theirs"));

        assertThatThrownBy(() -> apply(held(PAGE))).isInstanceOf(RefusedException.class);

        assertThat(server.applied()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_ONLY", "EXISTENCE"})
    void whatIsOnlyToBeThereIsLeftAsItIsAlsoIfTheCacheDoesNotKnowIt(EntryFlag flag) throws Exception {
        server.has(NOTHING, configMap("theirs"));

        apply(held(PAGE, flag));

        assertThat(server.reads()).containsExactly("store");
        assertThat(server.applied()).isEmpty();
    }

    @Test
    void whereNothingIsAdoptedNothingIsOverwrittenThatTheCacheDoesNotKnow() {
        adoptionPolicy = AdoptionPolicy.NEVER;
        server.has(NOTHING, configMap("theirs"));

        assertThatThrownBy(() -> apply(held(PAGE)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo("not-adopted"));

        assertThat(server.applied()).isEmpty();
    }

    @Test
    void aNamespaceThatTheCacheDoesNotKnowIsKnownToHaveBeenThereBefore() throws Exception {
        adoptionPolicy = AdoptionPolicy.ALWAYS;
        server.has(NOTHING, object("Namespace"));

        Held held = apply(held(NAMESPACE));

        assertThat(held.applied()).isNotNull();
        assertThat(held.applied().adopted()).isTrue();
        assertThat(server.applied())
                .singleElement()
                .satisfies(
                        body -> assertThat(Ownership.hasAdoptedAnnotation(body)).isTrue());
    }

    @Test
    void whatWasAppliedOnceIsSeenAsItIsNow() {
        driftPolicy = DriftPolicy.FREEZE;
        ObjectNode drifted = configMap("theirs");
        ((ObjectNode) drifted.path("metadata")).put("uid", "u");
        server.has(NOTHING, drifted);
        Held appliedOnce = held(PAGE).applied(new Applied(Digest.sha256("before"), "u", "fields as they were"));

        assertThatThrownBy(() -> apply(appliedOnce)).isInstanceOf(RefusedException.class);

        assertThat(server.applied()).isEmpty();
    }

    private Held apply(Held held) throws Exception {
        return new Applier(
                        kube,
                        (key, digest) -> Optional.of(key.equals(NAMESPACE) ? object("Namespace") : configMap("ours")),
                        new Ownership("uid-1"),
                        new Adoption(kube, () -> adoptionPolicy),
                        new Observations(),
                        () -> driftPolicy)
                .apply(held);
    }

    private static Held held(ObjectKey key, EntryFlag... flags) {
        return Held.of(ManifestEntry.apply(key, DIGEST, Set.of(flags), Digest.sha256("decision")), "");
    }

    private static ObjectNode configMap(String value) {
        ObjectNode object = object("ConfigMap");
        object.putObject("data").put("value", value);
        return object;
    }

    private static ObjectNode object(String kind) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("apiVersion", "v1").put("kind", kind).putObject("metadata").put("name", "a");
        return object;
    }
}
