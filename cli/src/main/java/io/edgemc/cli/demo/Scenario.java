package io.edgemc.cli.demo;

/** A story that the demo tells on real parts, with everything it claims checked. */
public interface Scenario {
    /** One line for people. */
    String title();

    /** Plays it. What does not hold is in {@code expectations}; what cannot be done at all is thrown. */
    void play(DemoHub hub, Console console, Expectations expectations);
}
