package io.edgemc.stack;

import io.edgemc.c2p.C2pApplication;
import io.edgemc.gateway.GatewayApplication;
import io.edgemc.mailbox.MailboxApplication;
import io.edgemc.placement.PlacementApplication;
import io.edgemc.summarizer.SummarizerApplication;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;

/** The services of a hub. */
public enum HubService {
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

    /** Short names of all. */
    public static List<String> labels() {
        return Stream.of(values()).map(HubService::label).toList();
    }

    /** Short name, as in addresses and configuration. */
    public String label() {
        return label;
    }

    SpringApplication application() {
        return application.get();
    }
}
