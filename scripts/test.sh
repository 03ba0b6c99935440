#!/bin/sh
# Runs every test on every database: SQLite, PostgreSQL, and MariaDB or MySQL.
#
#   scripts/test.sh [arguments of `cargo test`]
#   scripts/test.sh --prepare    only installs what is missing
#
# Installs what is missing (a C compiler, the two servers) with the system's package manager. No service is started:
# the tests start servers of their own, in temporary directories, and stop them. Exits 3 where something is missing
# that it cannot install. With CQRS_TEST_POSTGRES_URL or CQRS_TEST_MYSQL_URL it uses that server instead.
set -eu
cd "$(dirname "$0")/.."

say() {
    echo "test.sh: $*" >&2
}

on_path() {
    command -v "$1" >/dev/null
}

# The patterns are given unquoted: one that names nothing stays a pattern.
any_exists() {
    for file in "$@"; do
        if [ -e "$file" ]; then return 0; fi
    done
    return 1
}

has_compiler() {
    on_path cc
}

has_postgres() {
    [ -n "${CQRS_TEST_POSTGRES_URL:-}" ] || on_path initdb || any_exists \
        /usr/lib/postgresql/*/bin/initdb /usr/libexec/postgresql*/initdb /usr/pgsql-*/bin/initdb \
        /opt/homebrew/opt/postgresql@*/bin/initdb /usr/local/opt/postgresql@*/bin/initdb \
        /home/linuxbrew/.linuxbrew/opt/postgresql@*/bin/initdb
}

has_mysql() {
    [ -n "${CQRS_TEST_MYSQL_URL:-}" ] || on_path mariadbd || on_path mysqld || any_exists \
        /usr/sbin/mariadbd /usr/libexec/mariadbd /usr/sbin/mysqld /usr/libexec/mysqld
}

missing() {
    {
        has_compiler || echo "a C compiler"
        has_postgres || echo "PostgreSQL"
        has_mysql || echo "MariaDB"
    } | paste -s -d , - | sed 's/,/, /g'
}

package_manager() {
    for manager in apt-get dnf pacman apk brew; do
        if on_path "$manager"; then
            echo "$manager"
            return
        fi
    done
}

# packages MANAGER: the packages that are missing, under the names that they have there.
packages() {
    case $1 in
        apt-get) compiler="gcc libc6-dev" postgres=postgresql mysql=$(debian_mariadb) ;;
        dnf) compiler=gcc postgres=postgresql-server mysql=mariadb-server ;;
        pacman) compiler=gcc postgres=postgresql mysql=mariadb ;;
        apk) compiler="gcc musl-dev" postgres=postgresql mysql="mariadb mariadb-client" ;;
        brew) compiler=gcc postgres=postgresql@17 mysql=mariadb ;;
    esac
    {
        has_compiler || echo "$compiler"
        has_postgres || echo "$postgres"
        has_mysql || echo "$mysql"
    } | xargs
}

# The server without the service that `mariadb-server` brings. Some releases have the version in the package's name.
debian_mariadb() {
    server=$(apt-cache pkgnames mariadb-server-core | sort -V | tail -n 1)
    if [ -n "$server" ]; then
        echo "$server" "$(echo "$server" | sed 's/server/client/')"
    else
        echo mariadb-server
    fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Whatever is given, no service is started by it.
install_packages() {
    manager=$1
    shift
    case $manager in
        apt-get) apt_install "$@" ;;
        dnf) as_root dnf install -y "$@" ;;
        pacman) as_root pacman -Sy --noconfirm --needed "$@" ;;
        apk) as_root apk add "$@" ;;
        brew) brew install "$@" ;;
    esac
}

# PostgreSQL's package would make a cluster, and start it now and with the machine, unless this file says otherwise
# while it is installed: https://manpages.debian.org/bookworm/postgresql-common/pg_createcluster.1.en.html
cluster_settings=/etc/postgresql-common/createcluster.conf

apt_install() {
    case " $* " in *" postgresql "*)
        as_root apt-get install -y --no-install-recommends postgresql-common
        as_root cp -p "$cluster_settings" "$cluster_settings.before-test"
        trap restore_cluster_settings EXIT
        echo "create_main_cluster = false" | as_root tee -a "$cluster_settings" >/dev/null
        ;;
    esac
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
    restore_cluster_settings
}

restore_cluster_settings() {
    if [ -e "$cluster_settings.before-test" ]; then
        as_root mv "$cluster_settings.before-test" "$cluster_settings"
    fi
}

install_missing() {
    manager=$(package_manager)
    if [ -z "$manager" ]; then
        say "no package manager that it knows (apt-get, dnf, pacman, apk, brew): install what is missing and run it again"
        exit 3
    fi
    if [ "$manager" != brew ] && [ "$(id -u)" != 0 ] && ! on_path sudo; then
        say "it needs root to install: as root, run \`$manager\` for these packages: $(packages "$manager")"
        exit 3
    fi
    if [ "$manager" = apt-get ]; then
        as_root apt-get update >&2 || say "the lists of packages are as old as they were"
    fi
    wanted=$(packages "$manager")
    say "installing with $manager: $wanted"
    # shellcheck disable=SC2086 # one word for each package
    install_packages "$manager" $wanted >&2 || say "$manager has failed"
}

if ! on_path cargo; then
    say "cargo is missing: install Rust from https://rustup.rs and run it again"
    exit 3
fi
lacking=$(missing)
if [ -n "$lacking" ]; then
    say "missing: $lacking"
    install_missing
    lacking=$(missing)
    if [ -n "$lacking" ]; then
        say "still missing: $lacking"
        exit 3
    fi
fi
if [ "${1:-}" = --prepare ]; then
    exit
fi

CQRS_TEST_REQUIRE=sqlite,postgres,mysql
export CQRS_TEST_REQUIRE
exec cargo test --workspace --all-features "$@"
