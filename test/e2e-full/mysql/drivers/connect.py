"""Connects with PyMySQL and prints what the server says, as JSON. See README.md."""
import json
import os
import socket
import ssl
from pathlib import Path

import pymysql

FILES = {"HOST": "host", "USER": "username", "PASSWORD": "password", "DATABASE": "database", "SSL_MODE": "ssl-mode"}
ROOT = os.environ.get("SERVICE_BINDING_ROOT")


def value(name: str) -> str:
    return os.environ[f"MYSQL_{name}"] if ROOT is None else Path(ROOT, "mysql", FILES[name]).read_text()


authority = os.environ["MYSQL_SSL_CA"] if ROOT is None else str(Path(ROOT, "mysql", "ca.crt"))
if value("SSL_MODE") != "VERIFY_IDENTITY":
    raise SystemExit(f"the server cannot be verified: {value('SSL_MODE')}")

address, port = os.environ["FORWARDED"].split(":")
connection = pymysql.Connection(
    host=value("HOST"),
    user=value("USER"),
    password=value("PASSWORD"),
    database=value("DATABASE"),
    ssl=ssl.create_default_context(cafile=authority),
    autocommit=True,
    defer_connect=True,
)
connection.connect(socket.create_connection((address, int(port))))
with connection, connection.cursor() as cursor:
    cursor.execute(
        "SELECT CURRENT_USER(), DATABASE(), @@super_read_only, (SELECT variable_value FROM performance_schema.session_status"
        " WHERE variable_name = 'Ssl_version')"
    )
    user, database, read_only, tls = cursor.fetchone()
    if not read_only:
        cursor.execute("CREATE TABLE IF NOT EXISTS drivers (name VARCHAR(20) PRIMARY KEY)")
        cursor.execute("REPLACE INTO drivers VALUES (%s)", ("PyMySQL",))
print(json.dumps({"user": user, "database": database, "readOnly": bool(read_only), "tls": tls}))
