package io.edgemc.cli.demo;

import java.util.Map;

/** A story that the demo tells on real parts, with everything it claims checked. */
public interface Scenario {
    /** One line for people. */
    String title();

    /** The local edges that it plays on, by name, with the labels of their clusters. */
    Map<String, Map<String, String>> edges();

    /** Plays it. What does not hold is in {@code expectations}; what cannot be done at all is thrown. */
    void play(DemoHub hub, Console console, Expectations expectations);
}
