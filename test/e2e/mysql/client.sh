# shellcheck shell=bash
# Before every client's commands: the password of the user `shop`, whatever is in it, as an option file.
umask 077
password=$(</accounts/shop-password)
password=${password//\\/\\\\}
printf '%s\n' '[client]' user=shop "password=\"${password//\"/\\\"}\"" >/tmp/password.cnf
