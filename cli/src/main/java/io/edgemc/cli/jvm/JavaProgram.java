package io.edgemc.cli.jvm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java program as it is started.
 *
 * @param name for its files
 * @param java the {@code java} program of a JDK 25
 * @param flags of the JVM
 * @param classPath as {@code -cp} takes it
 * @param mainClass fully qualified
 */
public record JavaProgram(String name, Path java, List<String> flags, String classPath, String mainClass) {
    public JavaProgram {
        flags = List.copyOf(flags);
    }

    /** The {@code java} program of this JVM. */
    public static Path ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The command line, with further flags for this start only. */
    public List<String> command(List<String> furtherFlags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(flags);
        command.addAll(furtherFlags);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return List.copyOf(command);
    }
}
