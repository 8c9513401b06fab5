package io.edgemc.syncer.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys as the tools of others write them. */
final class PemTest {
    @ParameterizedTest
    @CsvSource({"RSA, 2048, RSA PRIVATE KEY", "EC, 256, EC PRIVATE KEY", "EC, 384, EC PRIVATE KEY"})
    void readsTheOlderForms(String algorithm, int size, String label) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(size);
        KeyPair keys = generator.generateKeyPair();
        StringWriter pem = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(pem)) {
            writer.writeObject(keys.getPrivate());
        }

        assertThat(pem.toString()).contains(label);
        assertThat(Pem.privateKey(pem.toString()).getEncoded())
                .isEqualTo(Pem.privateKey(
                                Pem.encode("PRIVATE KEY", keys.getPrivate().getEncoded()))
                        .getEncoded());
    }

    @Test
    void saysThatThereIsNoKeyWithoutQuotingTheText() {
        assertThatThrownBy(() -> Pem.privateKey("canary-4711"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("canary");
    }
}
