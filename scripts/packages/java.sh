#!/usr/bin/env bash
# java.sh <folder for the output>: builds the Maven package, installs it in an empty project and runs the application.
# With MAVEN_REPOSITORY, the package is left in that folder with its sources and its documentation, as Maven Central wants it.
# What the package needs and no repository serves is built from its npm package.
set -Eeuo pipefail
# shellcheck source=scripts/packages/common.sh
. "$ROOT/scripts/packages/common.sh"

readonly REPOSITORY=$WORK/maven-repository
export MAVEN_OPTS="${MAVEN_OPTS:-} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

# Maven with a local repository of its own: the packages that are built here must not stay in the user's.
maven() {
	mvn --quiet --batch-mode --settings "$WORK/maven-settings.xml" -Dmaven.repo.local="$WORK/maven-local" "$@"
}

write_settings() {
	cat >"$WORK/maven-settings.xml" <<-XML
		<settings>
		  <profiles>
		    <profile>
		      <id>built</id>
		      <repositories><repository><id>built</id><url>file://$REPOSITORY</url></repository></repositories>
		    </profile>
		  </profiles>
		  <activeProfiles><activeProfile>built</activeProfile></activeProfiles>
		</settings>
	XML
}

# deploy <source> <folder of the repository> [<option of Maven>...]
deploy() {
	quietly maven --file "$1/pom.xml" deploy -DaltDeploymentRepository="built::default::file://$2" "${@:3}"
}

write_project() {
	mkdir -p "$WORK/java/src/main/java"
	cp "$ROOT/test/package/Program.java" "$WORK/java/src/main/java"
	cp "$ROOT/test/package/pom.xml" "$WORK/java"
	write_examples java "$WORK/java/src/main/java"
}

main() {
	local out=$1 name artifact least repository=${MAVEN_REPOSITORY:-$REPOSITORY} skip=(-Dmaven.javadoc.skip -Dmaven.source.skip)
	write_settings
	while read -r name artifact least; do # Maven takes the newest version that is served, if any is
		maven dependency:get -Dartifact="$artifact:$least" -Dtransitive=false >"$WORK/log" 2>&1 && continue
		say "Java: no repository serves $artifact: build it from the npm package"
		generate java "$WORK/typescript/node_modules/$name" # the newest
		deploy "$WORK/generated/$name/java" "$REPOSITORY" "${skip[@]}"
	done < <(dependencies java)

	say 'Java: build the package'
	[[ -z ${MAVEN_REPOSITORY:-} ]] || skip=()
	deploy "$PACKAGES/java" "$repository" "${skip[@]}"
	[[ $repository == "$REPOSITORY" ]] || cp -R "$repository/." "$REPOSITORY"

	write_project
	cd "$WORK/java"
	rm -rf "$WORK/maven-local/io/github/cdk8s-stateful" # as deployed, not as built
	quietly maven compile dependency:build-classpath -Dmdep.outputFile=classpath \
		-Dpackage.version="$(node -p 'require(process.argv[1]).version' "$ROOT/package.json")"
	say "Java: run with $(tr : '\n' <classpath | sed -nE 's,.*/(cdk8s[^/]*|constructs|jsii-runtime)/([^/]+)/[^/]*\.jar$,\1 \2,p' | paste -sd, | sed 's/,/, /g')"
	java -cp "target/classes:$(<classpath)" Program "$out"
	run_examples "$out" java -cp "target/classes:$(<classpath)" Examples
}

main "$@"
