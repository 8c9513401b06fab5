package io.edgemc.servers.process;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.io.IOException;
import java.time.Duration;

/** The signals that end a server. The JDK itself can only send TERM and KILL. */
public enum Signal {
    INT,
    QUIT,
    TERM,
    KILL;

    /** Sends this signal; nothing happens if the process is gone. */
    public void send(ProcessHandle process) {
        if (this == TERM) {
            process.destroy();
        } else if (this == KILL) {
            process.destroyForcibly();
        } else {
            sendByTool(process);
        }
    }

    private void sendByTool(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new ServerFailure(Reason.UNSUPPORTED_MACHINE, "Cannot run the system's `kill`: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw ServerFailure.interrupted("sending a signal", e);
        }
    }

    /** Sends this signal and waits. True if the process is gone in time. */
    public boolean end(ProcessHandle process, Duration grace) {
        send(process);
        return Exits.within(process, grace);
    }
}
