#!/usr/bin/env bash
# release.sh VERSION: rehearses a release in a copy of the checkout, which stays as it is. Writes the version and its section of the
# changelog, packs for npm, PyPI, Maven and Go, installs each package in an empty project that synthesizes, and leaves the packages
# and the file SHA256SUMS in build/release.
#
# release.sh VERSION --write: writes the version and the changelog to the checkout, and no more. Commit them, and tag the commit vVERSION.
# release.sh VERSION --tagged: packs and tests a commit that has its version and its changelog. The workflow does that on a tag.
# release.sh VERSION --tagged --publish: publishes after that, see scripts/release/publish.sh.
set -Eeuo pipefail
cd "$(dirname "$0")/.."

readonly OUT=$PWD/build/release

say() { printf '%s\n' "release: $*"; }
die() {
	printf '%s\n' "release: $*" >&2
	exit 1
}

require_commands() {
	local name
	for name in "$@"; do
		command -v "$name" >/dev/null || die "the command $name is missing: install it"
	done
}

require_clean_tree() {
	local changes
	changes=$(git status --porcelain)
	[[ -z $changes ]] || die "the checkout has changes that are not committed: commit them, or put them aside with 'git stash --all'"$'\n'"$changes"
}

# pack <checkout>: packages of a checkout, tested, and their checksums, in build/release.
pack() {
	local checkout=$1
	rm -rf "$OUT"
	mkdir -p "$OUT/packages"
	(
		cd "$checkout"
		scripts/package.sh js python java go
		REQUIRED_LANGUAGES='java go' MAVEN_REPOSITORY=$OUT/packages/java scripts/test-package.sh "$PWD/build/packages"
	)
	cp -R "$checkout"/build/packages/{js,python,go} "$OUT/packages"
	(
		cd "$OUT"
		find packages -type f | LC_ALL=C sort | xargs sha256sum >SHA256SUMS
		sha256sum --check --quiet SHA256SUMS
	)
}

main() {
	local version=${1:-} flag tagged=false publish=false write=false
	[[ -n $version && $version != -* ]] || die "name the version, as in 'npm run release -- 1.2.3'"
	shift
	for flag in "$@"; do
		case $flag in
		--tagged) tagged=true ;;
		--publish) publish=true ;;
		--write) write=true ;;
		*) die "unknown flag '$flag': choose among --write --tagged --publish" ;;
		esac
	done
	! $publish || $tagged || die '--publish needs --tagged: only a commit that has its version is published'
	! $write || ! $tagged || die '--write and --tagged exclude each other'
	require_commands git node npm
	require_clean_tree

	if $write; then
		node scripts/release/prepare.mjs . "$version"
		say "wrote $version to package.json, package-lock.json, README.md and CHANGELOG.md: commit them as 'Release $version' and tag the commit v$version"
		return
	fi
	require_commands python3 java mvn go sha256sum
	if $tagged; then
		node scripts/release/prepare.mjs --check . "$version"
		pack "$PWD"
		require_clean_tree # what is packed is what was tagged
	else
		COPY=$(mktemp -d)
		trap 'rm -rf "$COPY"' EXIT
		git clone --quiet --no-local . "$COPY"
		ln -s "$PWD/node_modules" "$COPY/node_modules"
		node scripts/release/prepare.mjs "$COPY" "$version"
		git -C "$COPY" --no-pager diff --stat
		pack "$COPY"
	fi
	say "packages and SHA256SUMS of $version: build/release ($(wc -l <"$OUT/SHA256SUMS") files)"
	if $publish; then
		scripts/release/publish.sh "$OUT" "$version"
	else
		say 'nothing is published'
	fi
}

main "$@"
