package io.edgemc.kube.cel;

import static io.edgemc.kube.cel.KubeTypes.CIDR;
import static io.edgemc.kube.cel.KubeTypes.IP;

import dev.cel.common.types.SimpleType;
import io.edgemc.kube.cel.KubeFunctions.Library;
import io.edgemc.kube.schema.AddressRange;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** Addresses and ranges of addresses: {@code ip}, {@code isIP}, {@code cidr}, {@code isCIDR} and what they are asked for. */
final class AddressFunctions {
    private AddressFunctions() {}

    static void addTo(Library library) {
        library.global("ip", IP, List.of(SimpleType.STRING), all -> ip((String) all[0]));
        library.global(
                "isIP",
                SimpleType.BOOL,
                List.of(SimpleType.STRING),
                all -> AddressRange.address((String) all[0]) != null);
        library.global(
                "ip.isCanonical",
                SimpleType.BOOL,
                List.of(SimpleType.STRING),
                all -> AddressRange.text(ip((String) all[0])).equals(all[0]));
        library.member("family", SimpleType.INT, List.of(IP), all -> all[0] instanceof Inet4Address ? 4L : 6L);
        is(library, "isUnspecified", InetAddress::isAnyLocalAddress);
        is(library, "isLoopback", InetAddress::isLoopbackAddress);
        is(library, "isLinkLocalMulticast", InetAddress::isMCLinkLocal);
        is(library, "isLinkLocalUnicast", InetAddress::isLinkLocalAddress);
        is(
                library,
                "isGlobalUnicast",
                address -> !address.isAnyLocalAddress()
                        && !address.isLoopbackAddress()
                        && !address.isMulticastAddress()
                        && !address.isLinkLocalAddress());
        library.global("string", SimpleType.STRING, List.of(IP), all -> AddressRange.text((InetAddress) all[0]));
        library.global("cidr", CIDR, List.of(SimpleType.STRING), all -> cidr((String) all[0]));
        library.global(
                "isCIDR",
                SimpleType.BOOL,
                List.of(SimpleType.STRING),
                all -> AddressRange.parsed((String) all[0]) != null);
        library.member("ip", IP, List.of(CIDR), all -> range(all, 0).address());
        library.member("masked", CIDR, List.of(CIDR), all -> range(all, 0).masked());
        library.member("prefixLength", SimpleType.INT, List.of(CIDR), all ->
                (long) range(all, 0).length());
        library.member(
                "containsIP",
                SimpleType.BOOL,
                List.of(CIDR, IP),
                all -> range(all, 0).contains((InetAddress) all[1]));
        library.member(
                "containsIP",
                SimpleType.BOOL,
                List.of(CIDR, SimpleType.STRING),
                all -> range(all, 0).contains(ip((String) all[1])));
        library.member(
                "containsCIDR",
                SimpleType.BOOL,
                List.of(CIDR, CIDR),
                all -> range(all, 0).contains(range(all, 1)));
        library.member(
                "containsCIDR",
                SimpleType.BOOL,
                List.of(CIDR, SimpleType.STRING),
                all -> range(all, 0).contains(cidr((String) all[1])));
        library.global(
                "string", SimpleType.STRING, List.of(CIDR), all -> range(all, 0).toString());
    }

    private static void is(Library library, String name, java.util.function.Predicate<InetAddress> question) {
        library.member(name, SimpleType.BOOL, List.of(IP), all -> question.test((InetAddress) all[0]));
    }

    private static AddressRange range(Object[] all, int index) {
        return (AddressRange) all[index];
    }

    private static InetAddress ip(String text) {
        InetAddress address = AddressRange.address(text);
        if (address == null) {
            throw KubeTypes.refused(String.format(
                    Locale.ROOT,
                    "IP Address \"%s\" parse error during conversion from string: ParseAddr(\"%s\"): unable to parse IP",
                    text,
                    text));
        }
        return address;
    }

    private static AddressRange cidr(String text) {
        AddressRange range = AddressRange.parsed(text);
        if (range == null) {
            throw KubeTypes.refused("network address parse error during conversion from string: " + text);
        }
        return range;
    }
}
