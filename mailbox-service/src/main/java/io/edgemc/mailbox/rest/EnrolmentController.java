package io.edgemc.mailbox.rest;

import io.edgemc.door.access.Action;
import io.edgemc.door.access.Area;
import io.edgemc.door.servlet.Caller;
import io.edgemc.mailbox.enrol.Credentials;
import io.edgemc.mailbox.enrol.JoinToken;
import io.edgemc.mailbox.enrol.JoinTokens;
import io.edgemc.mailbox.postbox.Ledger;
import io.edgemc.mailbox.postbox.MailboxHead;
import io.edgemc.mailbox.postbox.MailboxIndex;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Join tokens and revocation, for infrastructure owners. */
@RestController
@RequestMapping("/api/v1/clusters/{name}")
class EnrolmentController {
    private static final Logger AUDIT = LoggerFactory.getLogger("io.edgemc.audit.enrolment");

    private final MailboxIndex index;
    private final JoinTokens tokens;
    private final Credentials credentials;
    private final Ledger ledger;
    private final AgentAddress address;

    EnrolmentController(
            MailboxIndex index, JoinTokens tokens, Credentials credentials, Ledger ledger, AgentAddress address) {
        this.index = index;
        this.tokens = tokens;
        this.credentials = credentials;
        this.ledger = ledger;
        this.address = address;
    }

    /** @param lifeSeconds how long the token is to hold; absent for an hour */
    record TokenRequest(@Nullable Long lifeSeconds) {}

    /**
     * @param token shown this once
     * @param expiresAt RFC 3339
     * @param agentUrl what the agent dials
     * @param caPem what it verifies the hub by
     */
    record TokenAnswer(String cluster, String token, String expiresAt, String agentUrl, String caPem) {
        @Override
        public String toString() {
            return "TokenAnswer[" + cluster + "]";
        }
    }

    /** @param revoked how many certificates ended */
    record RevokeAnswer(String cluster, int revoked) {}

    @PostMapping("/tokens")
    ResponseEntity<TokenAnswer> token(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable TokenRequest body,
            HttpServletRequest request) {
        Caller caller = allowed(request, "/tokens");
        MailboxHead head = mailbox(name);
        Long seconds = body == null ? null : body.lifeSeconds();
        JoinToken token;
        try {
            token = tokens.issue(
                    head.clusterUid(), seconds == null ? JoinTokens.DEFAULT_LIFE : Duration.ofSeconds(seconds));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(HttpStatus.BAD_REQUEST, "life-out-of-range", String.valueOf(e.getMessage()));
        }
        audit(caller, head, "a join token was made");
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(new TokenAnswer(
                        head.clusterName(),
                        token.text(),
                        token.expiresAt().toString(),
                        address.url(),
                        address.caPem()));
    }

    @PostMapping("/revoke")
    RevokeAnswer revoke(@PathVariable String name, HttpServletRequest request) {
        Caller caller = allowed(request, "/revoke");
        MailboxHead head = mailbox(name);
        int revoked = ledger.write(() -> credentials.revoke(head.clusterUid()));
        credentials.refresh();
        audit(caller, head, "the certificates of a cluster were revoked");
        return new RevokeAnswer(head.clusterName(), revoked);
    }

    private static Caller allowed(HttpServletRequest request, String path) {
        Caller caller = Caller.of(request);
        if (!caller.may(new Area.Enrolment(), new Action.OnPath("create", path)).allowed()) {
            throw new RefusedException(
                    HttpStatus.FORBIDDEN, "forbidden", "This takes the role infrastructure-owner or platform-admin.");
        }
        return caller;
    }

    private MailboxHead mailbox(String name) {
        return index.byName(name)
                .orElseThrow(() -> new RefusedException(
                        HttpStatus.NOT_FOUND, "cluster-not-found", "The inventory has no cluster of this name."));
    }

    private static void audit(Caller caller, MailboxHead head, String what) {
        // The line has the request's id as all lines of the request do; a member given twice loses the whole line.
        AUDIT.atInfo()
                .addKeyValue("cluster", head.clusterName())
                .addKeyValue("user", caller.user())
                .log(what);
    }
}
