package io.edgemc.kube.read;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeRequest;
import io.edgemc.kube.api.MediaTypes;
import io.edgemc.kube.api.Target;
import io.edgemc.kube.api.WireForm;
import io.edgemc.kube.api.Yaml;
import io.edgemc.kube.store.KubeStore;
import io.edgemc.kube.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Answers for single objects, in the form that the client asked for. */
public final class ObjectReader {
    private final KubeStore store;
    private final Clock clock;

    public ObjectReader(KubeStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    public KubeAnswer get(KubeRequest request, Target target) {
        StoredObject object = store.get(target.kind().rests(), target.namespace(), target.name());
        if (object == null) {
            throw ApiError.notFound(target.kind().ref(), target.name());
        }
        return answer(200, request, target, object);
    }

    /** Objects as a list. */
    public KubeAnswer list(Target target, Lister.Selected all) {
        return new KubeAnswer(
                200,
                "application/json",
                List.of(),
                new KubeAnswer.Written(out -> all.write(ListForm.objects(target), out)));
    }

    /** Refuses, before anything is done, a request whose answer could not be given in a form that the client takes. */
    public void requireAcceptable(KubeRequest request, Target target, boolean list) {
        MediaTypes.Accepted accepted = MediaTypes.accepted(request.header("accept"), list);
        switch (accepted.form()) {
            case TABLE -> Tables.of(target, request.parameter("includeObject"), accepted.metaVersion(), clock);
            case PARTIAL_LIST -> {
                if (!list) {
                    throw noList(target);
                }
            }
            case OBJECT, YAML, PARTIAL -> {}
        }
    }

    private static ApiError noList(Target target) {
        return ApiError.notAcceptable(
                "you requested PartialObjectMetadataList, but the requested object is not a list (*"
                        + target.internalType() + ")");
    }

    /** The object as an answer with a status of its own, such as 201. */
    public KubeAnswer answer(int status, KubeRequest request, Target target, StoredObject object) {
        MediaTypes.Accepted accepted = MediaTypes.accepted(request.header("accept"), false);
        return switch (accepted.form()) {
            case OBJECT -> KubeAnswer.bytes(status, new WireForm(target).bytes(object));
            case YAML ->
                new KubeAnswer(
                        status,
                        "application/yaml",
                        List.of(),
                        new KubeAnswer.Bytes(
                                Yaml.write(new WireForm(target).tree(object)).getBytes(StandardCharsets.UTF_8)));
            case PARTIAL -> KubeAnswer.bytes(status, PartialObjects.bytes(new WireForm(target), object));
            case TABLE ->
                KubeAnswer.bytes(
                        status,
                        Tables.of(target, request.parameter("includeObject"), accepted.metaVersion(), clock)
                                .single(object)
                                .getBytes(StandardCharsets.UTF_8));
            case PARTIAL_LIST -> throw noList(target);
        };
    }
}
