package io.edgemc.mailbox.listener;

import io.edgemc.bus.publish.BusUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The boundary where failures of a call become answers. */
public final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private Guard() {}

    /** Runs work that answers a call; what it throws is logged where it is ours, and answered as a problem. */
    public static void run(String cluster, String path, AgentReply reply, Runnable work) {
        try {
            work.run();
        } catch (ProblemException refused) {
            reply.problem(refused.problem());
        } catch (DataAccessException | TransactionException away) {
            log(cluster, path, away, "the database did not serve a call");
            reply.problem(Problem.unavailable("The database"));
        } catch (BusUnavailableException away) {
            log(cluster, path, away, "the bus did not serve a call");
            reply.problem(Problem.unavailable("The bus"));
        } catch (RuntimeException failure) {
            LOG.atError()
                    .addKeyValue("cluster", cluster)
                    .addKeyValue("path", path)
                    .setCause(failure)
                    .log("a call failed");
            reply.problem(Problem.internal());
        }
    }

    private static void log(String cluster, String path, RuntimeException away, String what) {
        LOG.atWarn()
                .addKeyValue("cluster", cluster)
                .addKeyValue("path", path)
                .addKeyValue("cause", String.valueOf(away.getMessage()))
                .log(what);
    }
}
