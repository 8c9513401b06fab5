package io.edgemc.cli.hub;

import io.edgemc.cli.jvm.JavaProgram;
import java.util.ArrayList;
import java.util.List;

/** The hub as a Java program: bounded memory, quick start. */
final class HubJvm {
    /** Class path of the hub where it is not that of the command itself, as for benchmarks. */
    static final String CLASS_PATH = "edge-mc.hub.class-path";

    private static final List<String> FLAGS = List.of(
            "-Xms192m",
            "-Xmx768m",
            // Much stays long (objects, open watches): a full collection takes half a second.
            "-XX:MaxNewSize=192m",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=256m",
            // Enough for all classes of a start, so that it needs no full collection.
            "-XX:MetaspaceSize=192m",
            "-XX:MaxMetaspaceSize=320m",
            "-XX:ReservedCodeCacheSize=160m",
            // No full collection because 15 % of that were compiled: there were four in the first minute.
            "-XX:SweeperThreshold=100",
            "-Xss512k",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // The class path has the syncer's small provider too.
            "-Dslf4j.provider=ch.qos.logback.classic.spi.LogbackServiceProvider",
            "-Dslf4j.internal.verbosity=WARN",
            "-Dfile.encoding=UTF-8",
            "-Duser.timezone=UTC");

    private HubJvm() {}

    static JavaProgram program(HubCompiler compiler) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.addAll(compiler.flags());
        return new JavaProgram(
                "hub",
                JavaProgram.ownJava(),
                flags,
                System.getProperty(CLASS_PATH, System.getProperty("java.class.path")),
                "io.edgemc.stack.HubMain");
    }
}
