package io.edgemc.placement.rest;

import io.edgemc.kube.api.ApiError;
import io.edgemc.kube.servlet.KubeServlet.Mounted;
import io.edgemc.kube.store.StoreException;
import io.edgemc.kube.view.KubeView;
import io.edgemc.placement.space.View;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a request's path to its view. */
final class ViewPaths {
    // Exact names only: what is encoded, or has dots, is no space.
    private static final Pattern SPACE = Pattern.compile("(/spaces/([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?))(/.*)?");

    private final HubViews views;

    ViewPaths(HubViews views) {
        this.views = views;
    }

    @Nullable
    Mounted find(String uri) {
        Matcher space = SPACE.matcher(uri);
        try {
            if (space.matches()) {
                return mounted(View.ofSpace(space.group(2)), space.group(1));
            }
            if (uri.startsWith("/inventory/") || uri.equals("/inventory")) {
                return mounted(View.INVENTORY, "/inventory");
            }
            if (uri.startsWith("/system/") || uri.equals("/system")) {
                return mounted(View.SYSTEM, "/system");
            }
            return null;
        } catch (StoreException.Unavailable loading) {
            throw ApiError.unavailable(String.valueOf(loading.getMessage()));
        }
    }

    private @Nullable Mounted mounted(View view, String prefix) {
        KubeView found = views.find(view);
        return found == null ? null : new Mounted(found, prefix);
    }
}
