package io.edgemc.syncer;

import io.edgemc.api.agent.EnrollRequest;
import io.edgemc.api.agent.EnrollResponse;
import io.edgemc.syncer.hub.HubClient;
import io.edgemc.syncer.identity.CertificateRequest;
import io.edgemc.syncer.identity.Identity;
import io.edgemc.syncer.identity.IdentityStore;
import io.edgemc.syncer.identity.MutualTls;
import io.edgemc.syncer.identity.Pem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Optional;
import java.util.concurrent.Executor;

/** First contact with the hub: a one-use token and a key of our own for an identity. */
public final class Enrolment {
    private Enrolment() {}

    /**
     * Enrols, and stores the identity in the state folder; the private key never leaves it. A state folder that has an identity is
     * left as it is, so that this can run at every start.
     *
     * @param hubCa file with the authority of the hub's agent listener
     */
    public static Identity enrol(URI hub, Path hubCa, String token, Path stateFolder, Executor executor)
            throws IOException {
        IdentityStore store = new IdentityStore(stateFolder);
        Optional<Identity> present = store.load();
        if (present.isPresent()) {
            return present.get();
        }
        KeyPair keys = CertificateRequest.newKeyPair();
        try (HubClient client =
                new HubClient(hub, MutualTls.trusting(Pem.certificates(Files.readString(hubCa))), executor)) {
            EnrollResponse answer =
                    client.enroll(new EnrollRequest(token, CertificateRequest.pem(keys, "edge-mc syncer")));
            return store.store(
                    answer.clusterUid(),
                    answer.clusterName(),
                    keys.getPrivate(),
                    answer.certificatePem(),
                    answer.caPem());
        }
    }
}
