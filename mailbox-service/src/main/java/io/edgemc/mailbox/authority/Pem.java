package io.edgemc.mailbox.authority;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** One PEM block, to and from its bytes. */
final class Pem {
    private Pem() {}

    static String write(String type, byte[] der) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, der));
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return text.toString();
    }

    /** The bytes of exactly one block of that type; throws {@link IllegalArgumentException} for anything else. */
    static byte[] read(String type, String text) {
        try (PemReader reader = new PemReader(new StringReader(text))) {
            PemObject block = reader.readPemObject();
            if (block == null || !block.getType().equals(type) || reader.readPemObject() != null) {
                throw new IllegalArgumentException("want one PEM block of type " + type);
            }
            return block.getContent();
        } catch (IOException e) {
            throw new IllegalArgumentException("not PEM", e);
        }
    }
}
