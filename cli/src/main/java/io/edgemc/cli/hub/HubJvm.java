package io.edgemc.cli.hub;

import io.edgemc.stack.HubDirectory;
import java.util.List;

/** Options of the hub's JVM: bounded memory, quick start. */
final class HubJvm {
    private HubJvm() {}

    static List<String> options(HubDirectory directory) {
        return List.of(
                "-Xms192m",
                "-Xmx640m",
                "-XX:+UseSerialGC",
                "-XX:MaxDirectMemorySize=256m",
                // Enough for all classes of a start, so that it needs no full collection.
                "-XX:MetaspaceSize=192m",
                "-XX:MaxMetaspaceSize=320m",
                "-XX:ReservedCodeCacheSize=160m",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseCompactObjectHeaders",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // The class path has the syncer's small provider too.
                "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
                "-Dslf4j.internal.verbosity=WARN",
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC");
    }
}
