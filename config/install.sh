#!/bin/sh
# What `make install` does: system packages, virtual environment, requirements.
# Quick when all of it is there. Usage: config/install.sh requirements[-dev].txt
set -eu
cd "$(dirname "$0")/.."
wanted=$1
venv=${VENV:-.venv}

# Those for the tests alone are not wanted where the service only runs.
wanted_packages() {
    if [ "$wanted" = requirements.txt ]; then
        sed '/# 测试：/d; s/#.*//' packages.txt
    else
        sed 's/#.*//' packages.txt
    fi
}

missing_packages() {
    for package in $(wanted_packages); do
        dpkg-query -W -f '${Status}\n' "$package" 2>/dev/null |
            grep -q ' installed$' || echo "$package"
    done
}

install_packages() {
    missing=$(missing_packages | tr '\n' ' ')
    [ -n "$missing" ] || return 0
    by_hand="apt-get install --no-install-recommends $missing"
    if ! command -v apt-get >/dev/null; then
        echo "本机不是 Debian/Ubuntu，请自行安装这些软件包（用途见 packages.txt）：$missing"
        return 0
    elif [ "$(id -u)" = 0 ]; then
        root=env
    elif sudo -n true 2>/dev/null; then
        root='sudo -n env'
    else
        echo "缺少软件包（用途见 packages.txt），不影响继续。安装命令：sudo $by_hand"
        return 0
    fi
    echo "正在安装软件包：$missing"
    quietly="$root DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0"
    $quietly update >/dev/null || true
    # One by one, so that one that this release lacks does not hold up the others.
    for package in $missing; do
        $quietly install --no-install-recommends "$package" >/dev/null ||
            echo "没有装上 $package，不影响继续。安装命令：$by_hand"
    done
}

suitable_python() {
    for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
        then
            echo "$python"
            return
        fi
    done
    echo '需要 Python 3.11 或更新的版本，没有找到。可用 PYTHON= 指明它的位置。' >&2
    return 1
}

make_venv() {
    "$venv/bin/python" -c '' 2>/dev/null && return
    python=$(suitable_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        name=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        echo "缺少 python3-venv。安装命令（Debian/Ubuntu）：apt-get install python3-venv，或 $name" >&2
        return 1
    fi
    "$python" -m venv --clear "$venv"
}

# The development requirements hold those for running, with the same versions.
is_installed() {
    cmp -s "$1" "$venv/$1" ||
        { [ "$1" = requirements.txt ] && [ -e "$venv/requirements-dev.txt" ] &&
            is_installed requirements-dev.txt; }
}

install_packages
make_venv
if ! is_installed "$wanted"; then
    echo "正在安装 $wanted"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check \
        --require-hashes -r "$wanted"
    cp "$wanted" "$venv/$wanted"
fi
