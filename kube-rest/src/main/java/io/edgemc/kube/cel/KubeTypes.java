package io.edgemc.kube.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import io.edgemc.kube.schema.Quantity;
import java.net.InetAddress;
import java.net.URI;

/** Types that Kubernetes adds to CEL. */
final class KubeTypes {
    static final CelType URL = OpaqueType.create("kubernetes.URL");
    static final CelType QUANTITY = OpaqueType.create("kubernetes.Quantity");
    static final CelType SEMVER = OpaqueType.create("kubernetes.Semver");
    static final CelType IP = OpaqueType.create("net.IP");
    static final CelType CIDR = OpaqueType.create("net.CIDR");
    static final CelType FORMAT = OpaqueType.create("kubernetes.NamedFormat");

    private KubeTypes() {}

    static Class<?> javaClass(String name) {
        return switch (name) {
            case "kubernetes.URL" -> URI.class;
            case "kubernetes.Quantity" -> Quantity.class;
            case "kubernetes.Semver" -> Semver.class;
            case "net.IP" -> InetAddress.class;
            case "net.CIDR" -> io.edgemc.kube.schema.AddressRange.class;
            case "kubernetes.NamedFormat" -> FormatFunctions.Named.class;
            default -> Object.class;
        };
    }

    static IllegalArgumentException refused(String message) {
        return new Refused(message);
    }

    /** What a function says of its arguments; for the client, as it is. */
    static final class Refused extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }
}
