// Connects with go-sql-driver/mysql and prints what the server says, as JSON. See README.md.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"os"
	"path/filepath"

	"github.com/go-sql-driver/mysql"
)

var files = map[string]string{
	"HOST": "host", "PORT": "port", "USER": "username", "PASSWORD": "password", "DATABASE": "database", "SSL_MODE": "ssl-mode",
}

func value(name string) string {
	root, isFolder := os.LookupEnv("SERVICE_BINDING_ROOT")
	if !isFolder {
		return os.Getenv("MYSQL_" + name)
	}
	text, err := os.ReadFile(filepath.Join(root, "mysql", files[name]))
	must(err)
	return string(text)
}

func authority() *x509.CertPool {
	file := os.Getenv("MYSQL_SSL_CA")
	if root, isFolder := os.LookupEnv("SERVICE_BINDING_ROOT"); isFolder {
		file = filepath.Join(root, "mysql", "ca.crt")
	}
	text, err := os.ReadFile(file)
	must(err)
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		log.Fatalf("%s holds no certificate", file)
	}
	return pool
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	if mode := value("SSL_MODE"); mode != "VERIFY_IDENTITY" {
		log.Fatalf("the server cannot be verified: %s", mode)
	}
	mysql.RegisterDialContext("forwarded", func(ctx context.Context, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "tcp", os.Getenv("FORWARDED"))
	})
	config := mysql.NewConfig()
	config.Net = "forwarded"
	config.Addr = net.JoinHostPort(value("HOST"), value("PORT"))
	config.User = value("USER")
	config.Passwd = value("PASSWORD")
	config.DBName = value("DATABASE")
	config.TLS = &tls.Config{RootCAs: authority(), ServerName: value("HOST")}
	connector, err := mysql.NewConnector(config)
	must(err)
	db := sql.OpenDB(connector)
	defer db.Close()

	var answer struct {
		User     string `json:"user"`
		Database string `json:"database"`
		ReadOnly bool   `json:"readOnly"`
		TLS      string `json:"tls"`
	}
	must(db.QueryRow(`SELECT CURRENT_USER(), DATABASE(), @@super_read_only,
		(SELECT variable_value FROM performance_schema.session_status WHERE variable_name = 'Ssl_version')`).
		Scan(&answer.User, &answer.Database, &answer.ReadOnly, &answer.TLS))
	if !answer.ReadOnly {
		_, err = db.Exec("CREATE TABLE IF NOT EXISTS drivers (name VARCHAR(20) PRIMARY KEY)")
		must(err)
		_, err = db.Exec("REPLACE INTO drivers VALUES (?)", "go-sql-driver")
		must(err)
	}
	line, err := json.Marshal(answer)
	must(err)
	fmt.Println(string(line))
}
