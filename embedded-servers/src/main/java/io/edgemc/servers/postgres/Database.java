package io.edgemc.servers.postgres;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One database and its owner's credentials.
 *
 * @param jdbcUrl without credentials
 */
public record Database(String name, String user, String password, String jdbcUrl) {
    /** Unpooled: every {@code getConnection} opens one. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** Without the password: records end up in logs. */
    @Override
    public String toString() {
        return "Database[" + jdbcUrl + ", user " + user + "]";
    }
}
