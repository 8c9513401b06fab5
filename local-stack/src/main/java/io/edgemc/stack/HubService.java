package io.edgemc.stack;

import io.edgemc.c2p.C2pApplication;
import io.edgemc.gateway.GatewayApplication;
import io.edgemc.mailbox.MailboxApplication;
import io.edgemc.placement.PlacementApplication;
import io.edgemc.summarizer.SummarizerApplication;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;

/** The services of a hub. */
enum HubService {
    PLACEMENT("placement", PlacementApplication::application),
    MAILBOX("mailbox", MailboxApplication::application),
    SUMMARIZER("summarizer", SummarizerApplication::application),
    C2P("c2p", C2pApplication::application),
    GATEWAY("gateway", GatewayApplication::application);

    private final String label;
    private final Supplier<SpringApplication> application;

    HubService(String label, Supplier<SpringApplication> application) {
        this.label = label;
        this.application = application;
    }

    /** Short name, as in addresses and configuration. */
    String label() {
        return label;
    }

    SpringApplication application() {
        return application.get();
    }
}
