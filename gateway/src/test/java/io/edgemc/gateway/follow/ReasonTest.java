package io.edgemc.gateway.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.edgemc.door.IdentityKeys;
import io.edgemc.door.IdentitySigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {
    @Test
    void aServiceThatIsAwayIsNamedAsSuch(@TempDir Path folder) throws Exception {
        // Given a port where nobody listens
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        IdentityKeys.createIfAbsent(folder.resolve("key"));
        SystemClient client = new SystemClient(
                HttpClient.newHttpClient(),
                URI.create("http://127.0.0.1:" + port),
                new IdentitySigner(IdentityKeys.load(folder.resolve("key")), Clock.systemUTC()));

        // When
        IOException away = catchThrowableOfType(IOException.class, () -> client.list("spaces"));

        // Then
        assertThat(Reason.of(away)).contains("ConnectException").doesNotContain("null");
    }

    @Test
    void theFirstThatSaysSomethingIsQuoted() {
        assertThat(Reason.of(new IOException(null, new IllegalStateException("the lid is closed"))))
                .isEqualTo("IllegalStateException: the lid is closed");
        assertThat(Reason.of(new IOException("list of spaces answered 503")))
                .isEqualTo("IOException: list of spaces answered 503");
        assertThat(Reason.of(new IOException((String) null))).isEqualTo("IOException");
    }
}
