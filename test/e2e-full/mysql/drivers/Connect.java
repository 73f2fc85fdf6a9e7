import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** Connects with Connector/J and prints what the server says, as JSON. See README.md. */
public final class Connect {
    private static final Map<String, String> FILES = Map.of(
        "HOST", "host", "USER", "username", "PASSWORD", "password", "DATABASE", "database", "SSL_MODE", "ssl-mode");
    private static final String ROOT = System.getenv("SERVICE_BINDING_ROOT");
    private static final String STORE_PASSWORD = "of a file that holds no secret";

    private Connect() {}

    private static String value(String name) throws IOException {
        return ROOT == null ? System.getenv("MYSQL_" + name) : Files.readString(Path.of(ROOT, "mysql", FILES.get(name)));
    }

    /** Connector/J reads an authority from a store of keys only. */
    private static Path trustStore() throws Exception {
        Path authority = ROOT == null ? Path.of(System.getenv("MYSQL_SSL_CA")) : Path.of(ROOT, "mysql", "ca.crt");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            store.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        Path file = Files.createTempFile("authority", ".p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, STORE_PASSWORD.toCharArray());
        }
        return file;
    }

    public static void main(String[] args) throws Exception {
        String port = System.getenv("FORWARDED").split(":")[1]; // the address of the host is in jdk.net.hosts.file
        Path store = trustStore();
        Properties properties = new Properties();
        properties.setProperty("user", value("USER"));
        properties.setProperty("password", value("PASSWORD"));
        properties.setProperty("sslMode", value("SSL_MODE"));
        properties.setProperty("trustCertificateKeyStoreUrl", store.toUri().toString());
        properties.setProperty("trustCertificateKeyStoreType", "PKCS12");
        properties.setProperty("trustCertificateKeyStorePassword", STORE_PASSWORD);
        String url = "jdbc:mysql://" + value("HOST") + ":" + port + "/" + value("DATABASE");
        try (Connection connection = DriverManager.getConnection(url, properties); Statement statement = connection.createStatement()) {
            ResultSet row = statement.executeQuery("SELECT CURRENT_USER(), DATABASE(), @@super_read_only, (SELECT variable_value"
                + " FROM performance_schema.session_status WHERE variable_name = 'Ssl_version')");
            row.next();
            boolean isReadOnly = row.getInt(3) == 1;
            String answer = String.format("{\"user\":\"%s\",\"database\":\"%s\",\"readOnly\":%s,\"tls\":\"%s\"}",
                row.getString(1), row.getString(2), isReadOnly, row.getString(4));
            if (!isReadOnly) {
                statement.execute("CREATE TABLE IF NOT EXISTS drivers (name VARCHAR(20) PRIMARY KEY)");
                try (PreparedStatement replace = connection.prepareStatement("REPLACE INTO drivers VALUES (?)")) {
                    replace.setString(1, "Connector/J");
                    replace.execute();
                }
            }
            System.out.println(answer);
        } finally {
            Files.delete(store);
        }
    }
}
