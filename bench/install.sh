#!/usr/bin/env bash
# Makes bench/.peers, the virtual environment of the peers that run in Python.
# A peer that cannot be installed is said and left out; the others stay.
set -euo pipefail
cd "$(dirname "$0")"

# grafeo wants Python 3.12 or newer, the others take 3.11 too.
find_python() {
    local python
    for python in python3.12 python3.13 "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[23]*/bin/python3 python3.11 python3; do
        if "$python" -c 'import venv' 2>/dev/null; then
            echo "$python"
            return
        fi
    done
    echo "install.sh: no Python 3 found" >&2
    return 1
}

python=$(find_python)
"$python" -m venv .peers
echo '*' >.peers/.gitignore
.peers/bin/python --version

missing=()
for package in duckdb==2.0.1 kuzu==0.11.3 ladybug==0.22.0 pyoxigraph==0.5.13 grafeo==0.6.0; do
    if .peers/bin/pip install --quiet --disable-pip-version-check "$package"; then
        echo "installed $package"
    else
        missing+=("$package")
    fi
done
if ((${#missing[@]})); then
    echo "not installed, and left out of the benchmark: ${missing[*]}" >&2
fi
