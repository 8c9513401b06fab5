package io.edgemc.kube.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.edgemc.kube.fuzz.Nasties.Nasty;
import io.edgemc.kube.fuzz.RawClient.Answer;
import io.edgemc.kube.fuzz.RawClient.Sent;
import io.edgemc.kube.testing.ViewServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input by hand: each has its right answer, and changes nothing when it is refused. */
class BadInputTest {
    /** A selector may be told in full, a body may not. */
    private static final int LONGEST_REFUSAL = 20_000;

    @TempDir
    static Path directory;

    private static ViewServer server;
    private static RawClient client;
    private static ErrorLog log;

    @BeforeAll
    static void start() throws Exception {
        server = new ViewServer(directory);
        server.space("x");
        client = new RawClient(server.address("x"));
        server.send("POST", "x", Nasties.MAPS, "{\"metadata\":{\"name\":\"nasty\"},\"data\":{\"k\":\"v\"}}");
        log = ErrorLog.follow();
    }

    @AfterAll
    static void stop() throws Exception {
        log.end();
        server.close();
    }

    static Stream<Nasty> nasties() {
        return Nasties.all().stream();
    }

    @ParameterizedTest
    @MethodSource("nasties")
    void isAnsweredAndDoesNoHarm(Nasty nasty) {
        log.forget();
        String before = stored();

        Answer answer = client.send(nasty.sent());

        String told = answer.head() + "\n" + shortened(answer.body());
        assertThat(log.errors()).as(told).isEmpty();
        assertThat(answer.status()).as(told).isLessThan(500).isIn(nasty.statuses());
        assertThat(answer.head()).doesNotContain("\r\nx-evil");
        if (answer.status() >= 400) {
            assertThat(stored()).isEqualTo(before);
            assertThat(shortened(answer.body()).length())
                    .as("a refusal is short")
                    .isLessThan(LONGEST_REFUSAL);
        }
        client.send(new Sent("DELETE", Nasties.MAPS + "/made", List.of(), new byte[0]));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_REFUSAL ? text.substring(0, LONGEST_REFUSAL) : text;
    }

    /** All ConfigMaps as they are. */
    private static String stored() {
        return server.send("GET", "x", Nasties.MAPS, "").body().replaceFirst("\"resourceVersion\":\"\\d+\"", "");
    }
}
