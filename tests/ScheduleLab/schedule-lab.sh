#!/usr/bin/env bash
#
# A laboratory for schedules: a systemd user manager and a cron daemon, both Debian's own, in namespaces of their own, so that
# neither the machine's services nor anybody's units and crontab are read or written. What the module hands to them is run by
# them.
#
#   schedule-lab.sh install
#       Installs the packages when missing. Exit code 0: everything is there. 3: it cannot be had here, and one line says why.
#   schedule-lab.sh run
#       Starts both, runs ScheduleLab.Tests.ps1 and ends them. The last line is "Pester: N passed, N failed".
#
# Exit code 1: failed, the reason is on stderr. 2: called wrongly.

set -euo pipefail
export LC_ALL=C.UTF-8
PATH=$PATH:/usr/sbin:/sbin

readonly packages=(systemd cron)
readonly manager=/lib/systemd/systemd

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() { echo "schedule-lab: $*" >&2; exit 1; }
usage() { sed -n '/^#   schedule-lab.sh/s/^#   /  /p' "${BASH_SOURCE[0]}" >&2; exit 2; }
cannot_be_had() { echo "schedule-lab: cannot be had here: $*" >&2; exit 3; }

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
}

install_lab() {
    ((EUID == 0)) || cannot_be_had 'not root'
    command -v pwsh >/dev/null || cannot_be_had 'there is no PowerShell on PATH'
    command -v apt-get >/dev/null || cannot_be_had 'there is no apt-get'
    local missing
    mapfile -t missing < <(missing_packages)
    if ((${#missing[@]})); then
        # The packages would start their services. This is Debian's own way to forbid that, and only for this call.
        local policy=/usr/sbin/policy-rc.d log
        log=$(mktemp)
        if [[ ! -e $policy ]]; then
            # shellcheck disable=SC2064 # the names are meant as they are now
            trap "rm -f '$log' '$policy'" EXIT
            printf '#!/bin/sh\nexit 101\n' >"$policy"
            chmod 755 "$policy"
        else
            # shellcheck disable=SC2064
            trap "rm -f '$log'" EXIT
        fi
        export DEBIAN_FRONTEND=noninteractive
        if ! { apt-get -q update && apt-get -q install -y --no-install-recommends -o DPkg::Lock::Timeout=120 \
                "${missing[@]}"; } </dev/null >"$log" 2>&1; then
            tail -n 15 "$log" >&2
            cannot_be_had "apt-get could not install: ${missing[*]}"
        fi
    fi
    in_namespaces sh -c 'mount -t cgroup2 cgroup2 /sys/fs/cgroup && mount -t tmpfs tmpfs /run' >/dev/null 2>&1 \
        || cannot_be_had 'this machine allows no namespaces with a cgroup2 and a /run of their own'
}

# Whatever is started inside ends with it.
in_namespaces() { unshare --mount --pid --fork --kill-child --mount-proc --propagation private -- "$@"; }

# What systemd asks of a machine before it runs a user manager there, and an empty spool for cron.
furnish() {
    mount -t cgroup2 cgroup2 /sys/fs/cgroup
    mount -t tmpfs tmpfs /run
    mkdir -p /run/systemd/system "$XDG_RUNTIME_DIR"
    chmod 700 "$XDG_RUNTIME_DIR"

    mount -t tmpfs tmpfs /var/spool/cron
    mkdir /var/spool/cron/crontabs
    chgrp crontab /var/spool/cron/crontabs
    chmod 1730 /var/spool/cron/crontabs
    [[ ! -d /etc/cron.d ]] || mount -t tmpfs tmpfs /etc/cron.d
    [[ ! -e /etc/crontab ]] || mount --bind /dev/null /etc/crontab
}

start_manager() {
    # Its stamps, of when a timer ran last, go to the data folder.
    XDG_DATA_HOME=$dir/data "$manager" --user --log-target=console >"$dir/systemd.log" 2>&1 &
    local pid=$! tries
    for ((tries = 0; tries < 200; tries++)); do
        systemctl --user show-environment >/dev/null 2>&1 && return 0
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    tail -n 15 "$dir/systemd.log" >&2
    fail 'the systemd user manager does not start'
}

run_inside() {
    dir=$1
    export XDG_RUNTIME_DIR=/run/user/$EUID XDG_CONFIG_HOME=$dir/config SCHEDULE_LAB_DATA=$dir/data
    mkdir -p "$XDG_CONFIG_HOME" "$SCHEDULE_LAB_DATA"
    furnish
    start_manager
    cron -f >"$dir/cron.log" 2>&1 &
    local status=0
    NO_COLOR=1 pwsh -NoProfile -NonInteractive -File "$here/../Pester/Invoke-Tests.ps1" -Path "$here/ScheduleLab.Tests.ps1" || status=$?
    ((status == 0)) || tail -n 30 "$dir/systemd.log" "$dir/cron.log" >&2
    return "$status"
}

run_lab() {
    dir=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf '$dir'" EXIT
    local status=0
    in_namespaces "${BASH_SOURCE[0]}" inside "$dir" || status=$?
    return "$status"
}

case ${1:-} in
    install) (($# == 1)) || usage; install_lab ;;
    run) (($# == 1)) || usage; run_lab ;;
    inside) run_inside "$2" ;;
    *) usage ;;
esac
