#!/usr/bin/env bash
#
# A laboratory for HTTP authentication: an MIT KDC and an Apache httpd with mod_auth_gssapi as reverse proxy in front
# of a plain HTTP server. What the module does with Kerberos, NTLM and Basic is proved here against servers that were
# not made for it. Everything comes from Debian 12 packages, listens on loopback only, lives in one directory and ends
# with it; nothing under /etc is written or read, apart from what the packages put there.
#
#   auth-lab.sh install
#       Installs the packages when missing. Exit code 0: everything is there. 3: it cannot be had here, and one line
#       says why.
#   auth-lab.sh start <dir> --backend http://127.0.0.1:PORT
#       Starts the servers, waits until each answers, writes <dir>/lab.env and returns. What fails half-way is stopped.
#   auth-lab.sh stop <dir>
#       Stops whatever runs from that directory, even when half started. Configuration and logs stay for a look.
#
# Runs as root or as a normal user. As root the directory and those above it must let others pass (x), because Apache
# then runs as www-data. Exit code 1: failed, the reason is on stderr. 2: called wrongly.
#
# lab.env has one KEY=value a line, in UTF-8. The value is everything behind the first '=', as it is: not quoted, not
# escaped, not to be trimmed and not to be sourced by a shell, since the passwords are meant to be awkward.
#
#   KERBEROS_URL           http   offers Negotiate              Kerberos only
#   NEGOTIATE_NTLM_URL     http   offers Negotiate              NTLM only, within Negotiate
#   NTLM_URL               http   offers NTLM                   NTLM only, as IIS does without the Negotiate provider
#   WINDOWS_URL            http   offers Negotiate, NTLM        Kerberos or NTLM, as IIS does by default
#   ANY_URL                http   offers Negotiate, NTLM, Basic Kerberos or NTLM; Basic is checked at the KDC, which
#                                                               knows no "DOMAIN\name"
#   BASIC_URL              http   offers Basic
#   WINDOWS_TLS_URL        https  as WINDOWS_URL
#   BASIC_TLS_URL          https  as BASIC_URL
#   BASIC_TLS_BY_IP_URL    https  the same server by a name that its certificate does not hold
#   CA_FILE                the certification authority of the https servers, PEM
#   REALM  DOMAIN          Kerberos realm and NTLM domain of all users
#   USER_NAME          USER_PASSWORD            may enter
#   SPECIAL_USER_NAME  SPECIAL_USER_PASSWORD    may enter, and has an ampersand in the name
#   DENIED_USER_NAME   DENIED_USER_PASSWORD     is known, but may not enter: 403
#   KRB5_CONFIG            Kerberos configuration, for the environment variable of that name
#   CCACHE                 for KRB5CCNAME: a ticket of USER_NAME
#   CCACHE_SPECIAL         for KRB5CCNAME: a ticket of SPECIAL_USER_NAME
#   CCACHE_DENIED          for KRB5CCNAME: a ticket of DENIED_USER_NAME
#   CCACHE_EXPIRED         for KRB5CCNAME: a ticket of USER_NAME that is no longer valid
#   CCACHE_NONE            for KRB5CCNAME: a cache that does not exist
#   NTLM_USER_FILE         for the environment variable of that name: USER_NAME as current user of gss-ntlmssp
#   HTTPD_ERROR_LOG  HTTPD_ACCESS_LOG  KDC_LOG    what the servers have to say
#
# Behind the authentication any path goes to the backend unchanged, with Host as the client sent it, X-Forwarded-Proto,
# and X-Remote-User instead of Authorization. What the backend answers gets X-Auth-Lab-User, the user as the server
# knows it ("name@REALM" by Kerberos, "DOMAIN\name" by NTLM, as typed by Basic), and X-Auth-Lab-Mech, how that was
# proved: "Negotiate/krb5", "Negotiate/NTLM", "NTLM/NTLM", "Basic/krb5" or "Basic".
#
# What a .NET client on Linux needs, in the environment of its process, before its first connection:
#   the current user, Kerberos     KRB5_CONFIG, and KRB5CCNAME with one of the caches
#   the current user, NTLM         KRB5_CONFIG, KRB5CCNAME=CCACHE_NONE, NTLM_USER_FILE; within Negotiate only, since the
#                                  NTLM scheme takes no default credentials there
#   a password, Kerberos           KRB5_CONFIG, KRB5CCNAME=CCACHE_NONE; "name", "name@REALM", or REALM as the domain
#   a password, NTLM               the same; DOMAIN as the domain or "DOMAIN\name", where Kerberos finds no such realm
#                                  and NTLM is next; every other form too where the server takes NTLM alone
#   https                          SSL_CERT_FILE=CA_FILE
# A wrong password, an expired ticket and a missing ticket are all a plain 401 to it, never an exception.
# curl --negotiate serves for a look by hand. curl --ntlm does not: gss-ntlmssp refuses its short first message.

set -euo pipefail
export LC_ALL=C.UTF-8
# The servers and the tools of the administrator are outside a normal user's search path.
PATH=$PATH:/usr/sbin:/sbin

readonly packages=(apache2-bin libapache2-mod-auth-gssapi krb5-kdc krb5-admin-server krb5-user gss-ntlmssp openssl)
readonly modules=/usr/lib/apache2/modules
readonly web_user=www-data

readonly realm=LAB.EXAMPLE
readonly domain=LAB
# A colon is the one character these passwords cannot have: it separates the fields of gss-ntlmssp's user file.
readonly user='operator'     user_password="p&w \"x' \$%é"
readonly special='svc&orch'  special_password='<ü> #1;\€+"q"'
readonly denied='outsider'   denied_password='Outside & "in"'
readonly users=("$user" "$special" "$denied")
readonly passwords=("$user_password" "$special_password" "$denied_password")

# A laboratory that nobody stops ends by itself.
readonly life_seconds=${AUTH_LAB_SECONDS:-3600}

fail() { echo "auth-lab: $*" >&2; exit 1; }
usage() { sed -n '/^#   auth-lab.sh/s/^#   /  /p' "${BASH_SOURCE[0]}" >&2; exit 2; }

# --- install --------------------------------------------------------------------------------------------------------

cannot_be_had() { echo "auth-lab: cannot be had here: $*" >&2; exit 3; }

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
}

install_packages() {
    command -v apt-get >/dev/null || cannot_be_had 'there is no apt-get'
    local missing
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]})) || return 0
    ((EUID == 0)) || cannot_be_had "not root, and not installed: ${missing[*]}"

    # The KDC's packages would start their services. This is Debian's own way to forbid that, and only for this call.
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
}

# --- processes ------------------------------------------------------------------------------------------------------

# spawn <name> <command>...: starts a server in a session of its own, which holds no stream of the caller open, and
# notes that session's id. The command must name the directory, see members.
spawn() {
    local name=$1
    shift
    setsid timeout --kill-after=5 "$life_seconds" "$@" </dev/null >"$dir/$name.out" 2>&1 &
    echo $! >"$dir/$name.pid"
}

# members <name>: the processes of the session that spawn started. The kernel may have given its number to somebody
# else since, therefore the directory must occur in the command line too.
members() {
    local session stat fields proc
    session=$(cat "$dir/$1.pid" 2>/dev/null) && [[ -n $session ]] || return 0
    for proc in /proc/[0-9]*; do
        # Any of them can end while it is looked at.
        { stat=$(<"$proc/stat"); } 2>/dev/null || continue
        # "pid (name) state parent group session ...": the name can hold blanks and parentheses.
        read -r -a fields <<<"${stat##*) }"
        [[ ${fields[3]:-} == "$session" && ${fields[0]} != Z ]] || continue
        grep -qaF -- "$dir/" "$proc/cmdline" 2>/dev/null && echo "${proc#/proc/}"
    done
    return 0
}

is_running() { [[ -n $(members "$1") ]]; }

stop_server() {
    local name=$1 tries pids
    for ((tries = 0; tries < 80; tries++)); do
        mapfile -t pids < <(members "$name")
        ((${#pids[@]})) || { rm -f "$dir/$name.pid"; return 0; }
        # Ask once, wait for four seconds, then no longer ask.
        ((tries == 0)) && kill -TERM "${pids[@]}" 2>/dev/null
        ((tries >= 40)) && kill -KILL "${pids[@]}" 2>/dev/null
        sleep 0.1
    done
    echo "auth-lab: $name does not end: ${pids[*]}" >&2
    return 1
}

stop_lab() {
    local result=0 pid_file name
    for pid_file in "$dir"/*.pid; do
        [[ -e $pid_file ]] || continue
        name=${pid_file##*/}
        stop_server "${name%.pid}" || result=1
    done
    rm -f "$dir/lab.env"
    return "$result"
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port: sets port. Below the range that the kernel gives to outgoing connections; who takes it between this look
# and its use is found out by the caller, who tries again.
taken_ports=' '
free_port() {
    local tries
    for ((tries = 0; tries < 200; tries++)); do
        port=$((20000 + RANDOM % 12000))
        [[ $taken_ports == *" $port "* ]] && continue
        answers "$port" && continue
        taken_ports+="$port "
        return 0
    done
    fail 'no free port was found on 127.0.0.1'
}

# wait_for <name> <port>...: until the server answers on each port; fails when it ended before.
wait_for() {
    local name=$1 tries one
    shift
    for one in "$@"; do
        for ((tries = 0; tries < 200; tries++)); do
            answers "$one" && continue 2
            is_running "$name" || return 1
            sleep 0.05
        done
        fail "$name does not answer on port $one; see $dir"
    done
    is_running "$name"
}

# --- Kerberos -------------------------------------------------------------------------------------------------------

write_kerberos_configuration() {
    # Names are taken as they are, DNS is never asked, and TCP alone is spoken: one port to know.
    cat >"$dir/krb5.conf" <<END
[libdefaults]
    default_realm = $realm
    dns_lookup_realm = false
    dns_lookup_kdc = false
    dns_canonicalize_hostname = false
    dns_uri_lookup = false
    rdns = false
    qualify_shortname = ""
    udp_preference_limit = 1
    default_ccache_name = FILE:$dir/client/ccache-none

[realms]
    $realm = {
        kdc = 127.0.0.1:$1
    }

[domain_realm]
    localhost = $realm
    .localhost = $realm
END
    chmod 644 "$dir/krb5.conf"

    cat >"$dir/kdc/kdc.conf" <<END
[kdcdefaults]
    kdc_listen = ""
    kdc_tcp_listen = 127.0.0.1:$1

[realms]
    $realm = {
        database_name = $dir/kdc/principal
        key_stash_file = $dir/kdc/stash
        acl_file = $dir/kdc/acl
        max_life = 1d
        supported_enctypes = aes256-cts-hmac-sha1-96:normal aes128-cts-hmac-sha1-96:normal
    }

[logging]
    kdc = FILE:$dir/kdc/kdc.log
    admin_server = FILE:$dir/kdc/admin.log
END
}

admin() {
    kadmin.local -r "$realm" "$@" >>"$dir/kdc/setup.log" 2>&1 \
        || fail "kadmin.local $1 failed; see $dir/kdc/setup.log"
}

write_kerberos_database() {
    kdb5_util -r "$realm" -P "master of $RANDOM$RANDOM" create -s >>"$dir/kdc/setup.log" 2>&1 \
        || fail "kdb5_util failed; see $dir/kdc/setup.log"

    local index name
    for index in "${!users[@]}"; do
        admin addprinc -pw "${passwords[index]}" "${users[index]}"
    done

    # A client may ask for the host by the name that it was given or by the one that the resolver makes of it.
    local -A hosts=([localhost]=1)
    hosts[$(uname -n)]=1
    read -r _ _ name < <(getent ahosts localhost) && [[ -n $name ]] && hosts[$name]=1
    for name in "${!hosts[@]}"; do
        admin addprinc -randkey "HTTP/$name"
        admin ktadd -k "$dir/web/keytab" "HTTP/$name"
    done
}

start_kdc() {
    local attempt
    for attempt in 1 2 3; do
        free_port
        write_kerberos_configuration "$port"
        ((attempt > 1)) || write_kerberos_database
        spawn kdc krb5kdc -n -r "$realm" -P "$dir/kdc/krb5kdc.pid"
        wait_for kdc "$port" && return 0
        stop_server kdc
    done
    fail "the KDC does not start; see $dir/kdc.out and $dir/kdc/kdc.log"
}

# ticket <cache> <user> <password> [kinit options]
ticket() {
    local cache=$1 name=$2 password=$3
    shift 3
    printf '%s\n' "$password" | kinit "$@" -c "FILE:$dir/client/$cache" "$name" >>"$dir/kdc/setup.log" 2>&1 \
        || fail "kinit failed for $name; see $dir/kdc/setup.log"
}

get_tickets() {
    ticket ccache-expired "$user" "$user_password" -l 1s
    ticket ccache "$user" "$user_password"
    ticket ccache-special "$special" "$special_password"
    ticket ccache-denied "$denied" "$denied_password"
}

# Kerberos has no ticket that is born expired. By now this one has nearly lived its second.
wait_for_expiry() {
    local tries
    for ((tries = 0; tries < 60; tries++)); do
        if ! klist -s -c "FILE:$dir/client/ccache-expired"; then
            # Within the second of its end klist calls a ticket expired that still works.
            sleep 1
            return 0
        fi
        sleep 0.1
    done
    fail 'a ticket of one second does not expire'
}

# --- Apache ---------------------------------------------------------------------------------------------------------

write_certificates() {
    local log=$dir/web/openssl.log
    {
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=Auth lab CA' \
            -addext 'keyUsage=critical,keyCertSign,cRLSign' -keyout "$dir/web/ca.key" -out "$dir/ca.crt" &&
        openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=localhost' \
            -keyout "$dir/web/server.key" -out "$dir/web/server.csr" &&
        # localhost alone: 127.0.0.1 is there to be the wrong name.
        openssl x509 -req -in "$dir/web/server.csr" -CA "$dir/ca.crt" -CAkey "$dir/web/ca.key" -set_serial 2 -days 2 \
            -extfile <(printf '%s\n' 'subjectAltName=DNS:localhost' 'basicConstraints=CA:FALSE' \
                'extendedKeyUsage=serverAuth') -out "$dir/web/server.crt"
    } >"$log" 2>&1 || fail "the certificates could not be made; see $log"
    # Nothing more is signed with it.
    rm -f "$dir/web/ca.key" "$dir/web/server.csr"
}

# Every form of a user's name that a Windows server would accept. What a client leaves of it in the message differs.
write_user_files() {
    local index name password hash form
    for index in "${!users[@]}"; do
        name=${users[index]} password=${passwords[index]}
        printf '%s:%s:%s\n' "$domain" "$name" "$password" "$realm" "$name" "$password" \
            '' "$name" "$password" '' "$name@$realm" "$password" >>"$dir/web/ntlm-users"
        hash=$(printf '%s' "$password" | openssl passwd -apr1 -stdin)
        for form in "$name" "$domain\\$name" "$name@$realm"; do
            printf '%s:%s\n' "$form" "$hash" >>"$dir/web/basic-users"
        done
    done
    printf '%s:%s:%s\n' "$domain" "$user" "$user_password" >"$dir/client/ntlm-user"
}

# Who may enter, under every name that the mechanisms make of them: "name" and the forms above, and "\name" from NTLM
# without a domain.
require_users() {
    local name form
    for name in "$user" "$special"; do
        for form in "$name" "$name@$realm" "$domain\\$name" "$realm\\$name" "\\$name" "\\$name@$realm"; do
            printf '            Require user "%s"\n' "${form//\\/\\\\}"
        done
    done
}

# virtual_host <port> <http|https> <kind>
virtual_host() {
    local port=$1 scheme=$2 kind=$3
    printf 'Listen 127.0.0.1:%s %s\n<VirtualHost 127.0.0.1:%s>\n' "$port" "$scheme" "$port"
    if [[ $scheme == https ]]; then
        printf '    SSLEngine on\n    SSLCertificateFile "%s"\n    SSLCertificateKeyFile "%s"\n' \
            "$dir/web/server.crt" "$dir/web/server.key"
    fi
    # The path arrives as the client wrote it. Of all that concerns the proxy this alone is not inherited.
    printf '    AllowEncodedSlashes NoDecode\n'
    printf '    RequestHeader set X-Forwarded-Proto %s\n    <Location "/">\n        AuthName "Orchestrator"\n' "$scheme"
    if [[ $kind == basic ]]; then
        printf '        %s\n' 'AuthType Basic' 'AuthBasicProvider file' "AuthUserFile \"$dir/web/basic-users\"" \
            'SetEnvIf Authorization "^Basic " GSS_MECH=Basic'
    else
        printf '        %s\n' 'AuthType GSSAPI' 'GssapiPublishMech On'
    fi
    # NTLM is a conversation, and belongs to the connection that it was held on. Wherever connections are bound,
    # mod_auth_gssapi offers the NTLM scheme beside Negotiate. A server that offers one of the two has its own offer
    # suppressed and replaced; answers within a conversation carry a token, and pass.
    local only="\"expr=%{REQUEST_STATUS} == '401' && -z resp('WWW-Authenticate')\""
    case $kind in
        kerberos) printf '        %s\n' 'GssapiAllowedMech krb5' ;;
        negotiate-ntlm) printf '        %s\n' 'GssapiAllowedMech ntlmssp' 'GssapiConnectionBound On' \
            'SetEnvIf Request_URI ^ gssapi-no-negotiate' "Header always set WWW-Authenticate Negotiate $only" ;;
        ntlm) printf '        %s\n' 'GssapiAllowedMech ntlmssp' 'GssapiConnectionBound On' \
            'SetEnvIf Request_URI ^ gssapi-no-negotiate' "Header always set WWW-Authenticate NTLM $only" ;;
        windows) printf '        %s\n' 'GssapiAllowedMech krb5' 'GssapiAllowedMech ntlmssp' \
            'GssapiConnectionBound On' ;;
        any) printf '        %s\n' 'GssapiAllowedMech krb5' 'GssapiAllowedMech ntlmssp' 'GssapiConnectionBound On' \
            'GssapiBasicAuth On' 'GssapiBasicAuthMech krb5' ;;
    esac
    # Who is known but may not enter gets 403, as from IIS, and is not asked again.
    printf '        %s\n' 'AuthzSendForbiddenOnFailure On' '<RequireAny>'
    require_users
    printf '        %s\n    %s\n%s\n' '</RequireAny>' '</Location>' '</VirtualHost>'
}

write_httpd_configuration() {
    local module
    {
        printf 'ServerRoot "%s"\nDefaultRuntimeDir "%s"\nPidFile "%s"\n' "$dir/web" "$dir/web" "$dir/web/httpd.pid"
        for module in mpm_event authn_core authn_file authz_core authz_user auth_basic auth_gssapi headers setenvif \
                proxy proxy_http ssl; do
            printf 'LoadModule %s_module %s/mod_%s.so\n' "$module" "$modules" "$module"
        done
        cat <<END
ServerName localhost
ErrorLog "$dir/web/error.log"
LogLevel info auth_gssapi:debug
LogFormat "%t %v:%p %{c}L %u \"%r\" %>s" lab
CustomLog "$dir/web/access.log" lab
Mutex pthread

# Two processes: what belongs to a connection must hold although the next connection meets another process.
StartServers 2
ServerLimit 2
ThreadsPerChild 32
MaxRequestWorkers 64
MaxSpareThreads 64
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 60
LimitRequestFieldSize 65536

# The backend can make its links from the Host that the client used.
ProxyPass "/" "$backend/" nocanon retry=0
ProxyPreserveHost On
ProxyTimeout 300
RequestHeader unset Authorization
RequestHeader set X-Remote-User expr=%{REMOTE_USER}
# Without "always": on what the backend answered, never on a refusal of our own.
Header set X-Auth-Lab-User expr=%{REMOTE_USER}
Header set X-Auth-Lab-Mech %{GSS_MECH}e

END
        virtual_host "${ports[KERBEROS]}" http kerberos
        virtual_host "${ports[NEGOTIATE_NTLM]}" http negotiate-ntlm
        virtual_host "${ports[NTLM]}" http ntlm
        virtual_host "${ports[WINDOWS]}" http windows
        virtual_host "${ports[ANY]}" http any
        virtual_host "${ports[BASIC]}" http basic
        virtual_host "${ports[WINDOWS_TLS]}" https windows
        virtual_host "${ports[BASIC_TLS]}" https basic
    } >"$dir/web/httpd.conf"
}

start_httpd() {
    local -a as_web=()
    if ((EUID == 0)); then
        # Apache refuses to serve as root. Nothing here needs root, so it is not root from the beginning.
        : >"$dir/web/httpd.conf"
        chown -R "$web_user:" "$dir/web"
        as_web=(setpriv --reuid="$web_user" --regid="$web_user" --clear-groups --)
        "${as_web[@]}" test -r "$dir/web/keytab" \
            || fail "$web_user cannot read below $dir: a directory above it lets nobody pass"
    fi

    # The keytab is given here and not by GssapiCredStore, which makes gss-ntlmssp take the server for a user, and
    # crash. The replay cache would lie in /var/tmp. The domain is what NTLM's challenge names.
    local -a environment=(env -i "PATH=$PATH" "LC_ALL=$LC_ALL" "KRB5_CONFIG=$dir/krb5.conf"
        "KRB5_KTNAME=FILE:$dir/web/keytab" "KRB5RCACHENAME=file2:$dir/web/rcache" "NTLM_USER_FILE=$dir/web/ntlm-users"
        "NETBIOS_COMPUTER_NAME=LOCALHOST" "NETBIOS_DOMAIN_NAME=$domain")

    local attempt name
    for attempt in 1 2 3; do
        for name in KERBEROS NEGOTIATE_NTLM NTLM WINDOWS ANY BASIC WINDOWS_TLS BASIC_TLS; do
            free_port
            ports[$name]=$port
        done
        write_httpd_configuration
        spawn httpd "${as_web[@]}" "${environment[@]}" apache2 -DFOREGROUND -d "$dir/web" -f "$dir/web/httpd.conf"
        wait_for httpd "${ports[@]}" && return 0
        stop_server httpd
        # Only a port that somebody else took in between is worth another attempt.
        cat "$dir/httpd.out" "$dir/web/error.log" 2>/dev/null | grep -q 'Address already in use' || break
    done
    fail "Apache does not start; see $dir/httpd.out and $dir/web/error.log"
}

# --- start ----------------------------------------------------------------------------------------------------------

write_lab_file() {
    # Under its name only when it is whole: whoever waits for the file can read it.
    cat >"$dir/lab.env.new" <<END
KERBEROS_URL=http://localhost:${ports[KERBEROS]}/
NEGOTIATE_NTLM_URL=http://localhost:${ports[NEGOTIATE_NTLM]}/
NTLM_URL=http://localhost:${ports[NTLM]}/
WINDOWS_URL=http://localhost:${ports[WINDOWS]}/
ANY_URL=http://localhost:${ports[ANY]}/
BASIC_URL=http://localhost:${ports[BASIC]}/
WINDOWS_TLS_URL=https://localhost:${ports[WINDOWS_TLS]}/
BASIC_TLS_URL=https://localhost:${ports[BASIC_TLS]}/
BASIC_TLS_BY_IP_URL=https://127.0.0.1:${ports[BASIC_TLS]}/
CA_FILE=$dir/ca.crt
REALM=$realm
DOMAIN=$domain
USER_NAME=$user
USER_PASSWORD=$user_password
SPECIAL_USER_NAME=$special
SPECIAL_USER_PASSWORD=$special_password
DENIED_USER_NAME=$denied
DENIED_USER_PASSWORD=$denied_password
KRB5_CONFIG=$dir/krb5.conf
CCACHE=FILE:$dir/client/ccache
CCACHE_SPECIAL=FILE:$dir/client/ccache-special
CCACHE_DENIED=FILE:$dir/client/ccache-denied
CCACHE_EXPIRED=FILE:$dir/client/ccache-expired
CCACHE_NONE=FILE:$dir/client/ccache-none
NTLM_USER_FILE=$dir/client/ntlm-user
HTTPD_ERROR_LOG=$dir/web/error.log
HTTPD_ACCESS_LOG=$dir/web/access.log
KDC_LOG=$dir/kdc/kdc.log
END
    mv "$dir/lab.env.new" "$dir/lab.env"
}

stop_after_failure() {
    local result=$?
    trap - EXIT
    stop_lab || true
    exit "$((result == 0 ? 1 : result))"
}

start_lab() {
    [[ $backend =~ ^http://127\.0\.0\.1:[0-9]+/?$ ]] || fail "the backend must be http://127.0.0.1:PORT, not $backend"
    backend=${backend%/}
    local tool
    for tool in apache2 krb5kdc kdb5_util kadmin.local kinit openssl setsid timeout; do
        command -v "$tool" >/dev/null || fail "$tool is not installed: auth-lab.sh install"
    done
    is_running kdc || is_running httpd && fail "a laboratory runs from $dir already"

    umask 077
    mkdir -p "$dir"
    # What is there is removed below, so it must be an earlier laboratory.
    [[ -e $dir/.auth-lab || -z $(ls -A "$dir") ]] || fail "not empty, and no laboratory: $dir"
    touch "$dir/.auth-lab"
    # The names of the files below are known to everybody, their content is not.
    if ((EUID == 0)); then chmod 711 "$dir"; fi
    rm -rf "$dir"/{kdc,web,client,lab.env,lab.env.new,krb5.conf,ca.crt,kdc.out,httpd.out,kdc.pid,httpd.pid}
    mkdir "$dir"/{kdc,web,client}

    # Nothing that the caller has in its own environment may leak into the realm.
    unset "${!KRB5@}" "${!NTLM@}" "${!NETBIOS@}"
    export KRB5_CONFIG=$dir/krb5.conf KRB5_KDC_PROFILE=$dir/kdc/kdc.conf

    trap stop_after_failure EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    declare -gA ports=()
    start_kdc
    get_tickets
    write_certificates
    write_user_files
    start_httpd
    wait_for_expiry
    write_lab_file
    trap - EXIT INT TERM HUP
}

# --- command line ---------------------------------------------------------------------------------------------------

absolute_directory() {
    dir=$(realpath -m -- "$1")
    # It is written into configuration files of four different syntaxes.
    [[ $dir =~ ^/[A-Za-z0-9._/+@-]+$ ]] || fail "the directory's name has a character that is not supported: $dir"
}

case ${1:-} in
    install)
        (($# == 1)) || usage
        install_packages
        ;;
    start)
        [[ $# == 4 && $3 == --backend ]] || usage
        absolute_directory "$2"
        backend=$4
        start_lab
        ;;
    stop)
        (($# == 2)) || usage
        absolute_directory "$2"
        stop_lab
        ;;
    *)
        usage
        ;;
esac
