#!/usr/bin/env bash
# Makes a certificate for these names in the current folder: tls.crt and tls.key, signed by ca.crt, which is made once.
#   certificate.sh SERIAL DAYS NAME...
set -Eeuo pipefail

serial=$1 days=$2
shift 2
key=(-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes)
[[ -e ca.crt ]] || openssl req -x509 "${key[@]}" -keyout ca.key -out ca.crt -days 60 -subj '/CN=authority of a test' 2>/dev/null
printf -v names ',DNS:%s' "$@"
echo "subjectAltName=${names#,}" >names.cnf
openssl req "${key[@]}" -keyout tls.key -out tls.csr -subj /CN=mysql 2>/dev/null
openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -set_serial "$serial" -days "$days" -extfile names.cnf -out tls.crt 2>/dev/null
