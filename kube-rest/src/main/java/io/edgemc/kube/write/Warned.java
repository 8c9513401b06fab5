package io.edgemc.kube.write;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.api.KubeAnswer;
import io.edgemc.kube.api.KubeAnswer.Header;
import java.util.List;
import java.util.function.Supplier;

/** Warnings go out with an answer whatever it is, also with a refusal. */
final class Warned {
    private Warned() {}

    static KubeAnswer of(List<Header> warnings, Supplier<KubeAnswer> answer) {
        try {
            return answer.get().with(warnings);
        } catch (ApiError e) {
            throw warnings.isEmpty() ? e : e.after(warnings);
        }
    }
}
