#!/usr/bin/env bash
# publish.sh FOLDER VERSION: publishes the packages of a folder that release.sh made, to npm, PyPI, Maven Central and the repository of the
# Go module. npm and PyPI trust the workflow (OpenID Connect), so they need no token, and record its provenance. Maven Central takes
# MAVEN_USERNAME, MAVEN_PASSWORD, MAVEN_GPG_PRIVATE_KEY and MAVEN_GPG_PRIVATE_KEY_PASSPHRASE, the Go module GITHUB_TOKEN.
set -Eeuo pipefail

readonly PUBLIB=publib@0.2.1061 # exactly this one: it sees the tokens
export NPM_TRUSTED_PUBLISHER=1 NPM_CONFIG_PROVENANCE=true PYPI_TRUSTED_PUBLISHER=1 MAVEN_SERVER_ID=central-ossrh

die() {
	printf '%s\n' "release: $*" >&2
	exit 1
}

main() {
	local folder=${1:?the folder with SHA256SUMS} version=${2:?the version} name
	[[ -n ${ACTIONS_ID_TOKEN_REQUEST_URL:-} ]] || die 'only the workflow publishes: push the tag, and approve its environment'
	for name in MAVEN_USERNAME MAVEN_PASSWORD MAVEN_GPG_PRIVATE_KEY MAVEN_GPG_PRIVATE_KEY_PASSPHRASE GITHUB_TOKEN; do
		[[ -n ${!name:-} ]] || die "$name is not set: it is a secret of the workflow's environment"
	done
	cd "$folder"
	sha256sum --check --quiet SHA256SUMS || die 'a package is not the one that was tested'
	[[ -e packages/js/cdk8s-stateful@$version.jsii.tgz ]] || die "these are not the packages of $version"
	VERSION=$version npx --yes "$PUBLIB" packages
}

main "$@"
