package io.edgemc.syncer;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line: a command, then {@code --name value} or {@code --name=value}. What is not given is taken from the environment
 * variable {@code EDGE_MC_<NAME>}, such as {@code EDGE_MC_TOKEN_FILE}.
 */
record Arguments(String command, Map<String, String> options, Map<String, String> environment) {
    private static final Set<String> KNOWN =
            Set.of("hub", "ca", "token", "token-file", "state", "kubeconfig", "context");

    /** Throws {@link IllegalArgumentException} that says what is wrong; never quotes a value. */
    static Arguments parse(String[] args, Map<String, String> environment) {
        String command = args.length == 0 ? "help" : args[0];
        Map<String, String> options = new HashMap<>();
        int i = 1;
        while (i < args.length) {
            String arg = args[i];
            if (!arg.startsWith("--")) {
                throw new IllegalArgumentException("argument " + i + " is not an option; options begin with --");
            }
            int equals = arg.indexOf('=');
            String name = arg.substring(2, equals < 0 ? arg.length() : equals);
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("unknown option --" + name);
            }
            if (equals >= 0) {
                options.put(name, arg.substring(equals + 1));
                i++;
            } else if (i + 1 < args.length) {
                options.put(name, args[i + 1]);
                i += 2;
            } else {
                throw new IllegalArgumentException("option --" + name + " has no value");
            }
        }
        return new Arguments(command, Map.copyOf(options), Map.copyOf(environment));
    }

    Optional<String> find(String name) {
        String value = options.get(name);
        if (value == null) {
            value = environment.get("EDGE_MC_" + name.replace('-', '_').toUpperCase(Locale.ROOT));
        }
        return Optional.ofNullable(value).filter(v -> !v.isEmpty());
    }

    String required(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("option --" + name + " is missing"));
    }
}
