package io.edgemc.stack;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import io.edgemc.servers.process.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps data that is thrown away on {@code down} and data that stays apart: a folder is of one sort from its first start on. A mark in
 * it says that it is thrown away; it is there before any data is.
 */
final class ThrowAway {
    /** What is in a folder before a hub has stored anything. */
    private static final Set<String> NO_DATA = Set.of("logs", "owner.lock", "ephemeral");

    private ThrowAway() {}

    /** What a start does about the mark. */
    enum Step {
        NOTHING,
        MARK,
        UNMARK,
        /** The folder's data stays, this hub's would not. */
        REFUSE_TO_THROW_AWAY,
        /** The folder's data did not wait for the disk, so it cannot be kept as if it had. */
        REFUSE_TO_KEEP
    }

    /**
     * @param durable whether this hub's data stays
     * @param marked whether the folder's is thrown away
     * @param data whether the folder has any
     */
    static Step decide(boolean durable, boolean marked, boolean data) {
        if (durable) {
            return !marked ? Step.NOTHING : data ? Step.REFUSE_TO_KEEP : Step.UNMARK;
        }
        return marked ? Step.NOTHING : data ? Step.REFUSE_TO_THROW_AWAY : Step.MARK;
    }

    /**
     * Marks the folder as it must be, before anything is stored in it. The caller holds its lock.
     *
     * @throws ServerFailure {@code DIRECTORY_UNUSABLE} if the folder's data is of the other sort
     */
    static void settle(HubDirectory directory, boolean durable) throws IOException {
        Path mark = directory.ephemeralMark();
        switch (decide(durable, Files.exists(mark), hasData(directory.root()))) {
            case NOTHING -> {
                // It is as it must be.
            }
            case MARK -> OwnerOnly.write(mark, "removed on down\n");
            case UNMARK -> Files.delete(mark);
            case REFUSE_TO_THROW_AWAY ->
                throw new ServerFailure(
                        Reason.DIRECTORY_UNUSABLE,
                        directory.root() + " holds data that stays, and --ephemeral would remove it on down."
                                + " Name another folder by --data, or leave --ephemeral out.");
            case REFUSE_TO_KEEP ->
                throw new ServerFailure(
                        Reason.DIRECTORY_UNUSABLE,
                        directory.root() + " holds what an --ephemeral hub left when it was killed."
                                + " Remove it by edge-mc down, or go on with it by --ephemeral.");
        }
    }

    private static boolean hasData(Path root) throws IOException {
        try (Stream<Path> content = Files.list(root)) {
            return content.anyMatch(file -> !NO_DATA.contains(file.getFileName().toString()));
        }
    }
}
