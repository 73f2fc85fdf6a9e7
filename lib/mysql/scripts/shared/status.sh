#!/usr/bin/env bash
# What the cluster is, for a person: placeholder until the next commit.
# shellcheck source=lib/mysql/scripts/shared/lib.sh
source "${BASH_SOURCE[0]%/*}/lib.sh"
# shellcheck source=lib/mysql/scripts/shared/look-at-members.sh
source "${BASH_SOURCE[0]%/*}/look-at-members.sh"
