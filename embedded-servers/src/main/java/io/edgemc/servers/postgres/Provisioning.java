package io.edgemc.servers.postgres;

import io.edgemc.servers.ServerFailure;
import io.edgemc.servers.ServerFailure.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** What the superuser does: roles and databases. */
final class Provisioning {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final PGSimpleDataSource superuser;

    Provisioning(int port, String password) {
        superuser = new PGSimpleDataSource();
        superuser.setUrl(url(port, "postgres"));
        superuser.setUser(DataDirectory.SUPERUSER);
        superuser.setPassword(password);
        superuser.setConnectTimeout(5);
        superuser.setApplicationName("edge-mc provisioning");
    }

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Connection connect() throws SQLException {
        return superuser.getConnection();
    }

    /** Whether the server takes connections. */
    boolean accepts() {
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    void createDatabase(String name, String user, String password) {
        requireName("database", name);
        requireName("user", user);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", user)) {
                statement.execute("CREATE ROLE " + user + " LOGIN");
            }
            // The driver sends a SCRAM verifier, so that the password is in no statement and in no log.
            connection.unwrap(PGConnection.class).alterUserPassword(user, password.toCharArray(), "scram-sha-256");
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", name)) {
                statement.execute("CREATE DATABASE " + name + " OWNER " + user);
            }
        } catch (SQLException e) {
            throw refused("create the database " + name, e);
        }
    }

    void dropDatabase(String name) {
        requireName("database", name);
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        } catch (SQLException e) {
            throw refused("drop the database " + name, e);
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what + " must match " + NAME + ", is '" + name + "'");
        }
    }

    private static ServerFailure refused(String what, SQLException e) {
        return new ServerFailure(Reason.REFUSED, "PostgreSQL did not " + what + ": " + e.getMessage(), e);
    }
}
