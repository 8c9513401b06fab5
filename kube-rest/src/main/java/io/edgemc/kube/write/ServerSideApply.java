package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeAnswer.Header;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.apply.FieldManagement;
import io.edgemc.kube.read.ObjectReader;
import io.edgemc.kube.store.Actor;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.StoredObject;
import java.time.Clock;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Applying a configuration on the server: creates what is not there, changes what is. */
final class ServerSideApply {
    private static final int MOST_ATTEMPTS = 10;

    private final KubeStore store;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final BodyReader bodies;
    private final Clock clock;

    ServerSideApply(KubeStore store, ObjectWriter writer, ObjectReader reader, BodyReader bodies, Clock clock) {
        this.store = store;
        this.writer = writer;
        this.reader = reader;
        this.bodies = bodies;
        this.clock = clock;
    }

    KubeAnswer apply(KubeRequest request, Target target, WriteOptions options) {
        options.requireManager(request);
        SentBody sent = bodies.sent(request, target);
        ObjectNode configuration = BodyReader.object(sent, target);
        FieldManagement.check(configuration, target);
        List<Header> warnings = ObjectShape.warned(sent, target, options);
        return Warned.of(warnings, () -> applied(request, configuration, target, options));
    }

    private KubeAnswer applied(KubeRequest request, ObjectNode configuration, Target target, WriteOptions options) {
        for (int attempt = 1; ; attempt++) {
            boolean exists = store.get(target.kind().rests(), target.namespace(), target.name()) != null;
            try {
                StoredObject result = exists
                        ? appliedTo(configuration, target, options, request.actor())
                        : appliedNew(configuration, target, options, request.actor());
                return reader.answer(exists ? 200 : 201, request, target, result);
            } catch (ApiError e) {
                boolean raced =
                        exists ? e.reason().equals("NotFound") : e.reason().equals("AlreadyExists");
                if (!raced || attempt >= MOST_ATTEMPTS || !target.subresource().isEmpty()) {
                    throw e;
                }
            }
        }
    }

    private StoredObject appliedNew(ObjectNode configuration, Target target, WriteOptions options, Actor actor) {
        if (!target.subresource().isEmpty() && !CreatedByReplacement.is(target)) {
            throw ApiError.notFound(target.kind().ref(), target.name());
        }
        String uid = configuration.path("metadata").path("uid").asString("");
        if (!uid.isEmpty()) {
            throw ApiError.conflict(
                    target.kind().ref(),
                    target.name(),
                    "uid mismatch: the provided object specified uid " + uid + ", and no existing object was found");
        }
        FieldManagement.Applied applied = FieldManagement.apply(
                null, configuration, target, options.manager(), options.force(), ObjectMeta.time(clock.instant()));
        ObjectNode object = applied.object();
        ObjectMeta.of(object).remove("resourceVersion");
        ObjectShape.merged(object, target, options);
        ObjectShape.named(object, target);
        ObjectShape.addressed(object, target);
        return writer.created(object, target, options, actor, applied.finish());
    }

    private StoredObject appliedTo(ObjectNode configuration, Target target, WriteOptions options, Actor actor) {
        String now = ObjectMeta.time(clock.instant());
        FieldManagement.Finish[] finish = new FieldManagement.Finish[1];
        return writer.changed(
                target,
                options,
                actor,
                before -> {
                    FieldManagement.Applied applied = FieldManagement.apply(
                            before, configuration, target, options.manager(), options.force(), now);
                    finish[0] = applied.finish();
                    ObjectShape.merged(applied.object(), target, options);
                    ObjectShape.addressed(applied.object(), target);
                    return applied.object();
                },
                object -> finish[0].write(object));
    }
}
