package io.edgemc.door.tomcat;

import org.apache.coyote.http11.Http11NioProtocol;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * A Tomcat whose connections keep little memory: thousands of watches and syncers wait on one each, and most of the time say
 * nothing. Whoever writes much asks for a larger buffer ({@code ServletResponse.setBufferSize}).
 */
public final class SmallBuffers implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
    /** Nobody sends trailers; a buffer for them is made with each connection all the same. In bytes. */
    private static final String TRAILERS = "1024";

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(Protocol.class.getName());
        factory.addConnectorCustomizers(connector -> connector.setProperty("maxTrailerSize", TRAILERS));
    }

    /** HTTP/1.1 whose answers begin with a small buffer, of bytes and of characters: 6 KB in place of 24. */
    public static final class Protocol extends Http11NioProtocol {
        private static final int BUFFER = 2 << 10;

        @Override
        public int getDesiredBufferSize() {
            return BUFFER;
        }
    }
}
