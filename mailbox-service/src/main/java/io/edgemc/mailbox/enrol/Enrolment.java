package io.edgemc.mailbox.enrol;

import io.edgemc.api.agent.EnrollResponse;
import io.edgemc.mailbox.authority.AgentAuthority;
import io.edgemc.mailbox.authority.ClusterIdentity;
import io.edgemc.mailbox.authority.IssuedCertificate;
import io.edgemc.mailbox.authority.PeerCertificate;
import io.edgemc.mailbox.authority.SigningRequest;
import io.edgemc.mailbox.authority.SigningRequestRefusedException;
import io.edgemc.mailbox.listener.Problem;
import io.edgemc.mailbox.listener.ProblemException;
import io.edgemc.mailbox.postbox.Ledger;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a join token, or a certificate that still holds, into a certificate for exactly one cluster. Thread-safe. */
public final class Enrolment {
    private static final Logger AUDIT = LoggerFactory.getLogger("io.edgemc.audit.enrolment");

    private final Ledger ledger;
    private final AgentAuthority authority;
    private final JoinTokens tokens;
    private final Credentials credentials;
    private final Duration validity;

    public Enrolment(
            Ledger ledger, AgentAuthority authority, JoinTokens tokens, Credentials credentials, Duration validity) {
        this.ledger = ledger;
        this.authority = authority;
        this.tokens = tokens;
        this.credentials = credentials;
        this.validity = validity;
    }

    /** First contact. Throws {@link ProblemException}: every fault of a token looks the same from outside. */
    EnrollResponse enroll(String token, String csrPem) {
        SigningRequest request = signingRequest(csrPem);
        TokenHash hash = TokenHash.of(token);
        EnrollResponse response = ledger.write(() -> {
            JoinTokens.Verdict verdict = tokens.redeem(hash);
            if (!(verdict instanceof JoinTokens.Verdict.Opens opens)) {
                throw refused(hash, ((JoinTokens.Verdict.Refused) verdict).reason());
            }
            ClusterIdentity identity = new ClusterIdentity(opens.clusterUid());
            if (asksForAnother(request, identity)) {
                // Thrown inside the transaction: the token is not used up by who may have stolen only half of a pair.
                throw refused(hash, "for another cluster than the signing request");
            }
            return issue(identity, opens.clusterName(), request);
        });
        credentials.refresh();
        AUDIT.atInfo()
                .addKeyValue("cluster", response.clusterUid())
                .addKeyValue("token", hash.hint())
                .log("a cluster enrolled");
        return response;
    }

    /** A new certificate for who holds one that was not revoked, also not while this goes on. */
    EnrollResponse renew(PeerCertificate current, String csrPem) {
        ClusterIdentity caller = current.identity();
        SigningRequest request = signingRequest(csrPem);
        if (asksForAnother(request, caller)) {
            throw new ProblemException(
                    new Problem(403, "csr-refused", "A certificate is renewed for its own cluster only."));
        }
        EnrollResponse response = ledger.write(() -> {
            if (!credentials.holds(current)) {
                throw new ProblemException(Problem.credentialRefused());
            }
            return issue(caller, name(caller), request);
        });
        credentials.refresh();
        AUDIT.atInfo().addKeyValue("cluster", caller.clusterUid()).log("a certificate was renewed");
        return response;
    }

    private EnrollResponse issue(ClusterIdentity identity, String name, SigningRequest request) {
        IssuedCertificate issued = authority.issueClient(identity, request.key(), validity);
        credentials.record(issued);
        return new EnrollResponse(identity.clusterUid(), name, issued.pem(), authority.certificatePem());
    }

    private String name(ClusterIdentity identity) {
        return ledger
                .jdbc()
                .query(
                        "select cluster_name from mailbox where cluster_uid = ?",
                        (row, i) -> row.getString(1),
                        identity.clusterUid())
                .stream()
                .findFirst()
                .orElseThrow(() -> new ProblemException(Problem.credentialRefused()));
    }

    private static boolean asksForAnother(SigningRequest request, ClusterIdentity identity) {
        return request.askedIdentity().filter(asked -> !asked.equals(identity)).isPresent();
    }

    private static SigningRequest signingRequest(String pem) {
        try {
            return SigningRequest.parse(pem);
        } catch (SigningRequestRefusedException e) {
            throw new ProblemException(new Problem(400, "csr-refused", String.valueOf(e.getMessage())));
        }
    }

    private static ProblemException refused(TokenHash hash, String reason) {
        AUDIT.atWarn()
                .addKeyValue("token", hash.hint())
                .addKeyValue("reason", reason)
                .log("a join token was refused");
        return new ProblemException(new Problem(403, "token-refused", "This token does not enrol a cluster."));
    }
}
