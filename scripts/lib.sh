# shellcheck shell=bash
# What the scripts share: where things are, what the machine must have, how the program is built.
# Everything said goes to standard error: standard output belongs to the commands' results.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
LIB_DIR=$ROOT/edge-agent/target/sightline/lib

say() { printf '%s\n' "$*" >&2; }

# One line and the exit code of wrong use or unusable input.
fail() {
  say "${0##*/}: $*"
  exit 2
}

# What the first lines of the script say of it.
usage() { sed -n '2,/^set/{/^set/!s/^# \{0,1\}//p}' "$0"; }

# --- What the machine must have -------------------------------------------------------------
# has_NAME tests for a capability, WANTED[NAME] describes it, and it comes with the packages of
# DEBIAN[NAME]; "a|b" is the first of the two that the release knows.

declare -A WANTED=(
  [jdk]='a JDK of version 17 or newer'
  [maven]='Maven 3.8 or newer'
  [native]='the libraries libxcb, libxcb-shm, libasound and libpulse that FFmpeg links to'
  [window]='GTK 2, which the built-in engine of exercises links to'
  [broker]='the Mosquitto broker and its clients'
  [camera]="GStreamer's RTSP server with Python bindings, TLS and the base, good, bad, ugly and libav plugins, and openssl"
  [browser]='the browser Chromium'
  [jose]="Python's JOSE library, jwcrypto, and Paho's MQTT client"
  [ffmpeg]='the ffmpeg command'
  [clock]='libfaketime, which gives a process a clock of its own'
  [numpy]="Python's numbers, NumPy"
  [shellcheck]='ShellCheck'
  [container]="systemd's containers, systemd-nspawn"
  [debootstrap]='debootstrap, jq and curl'
  [firewall]='the nft command, which checks the rules of a firewall'
  [tpm]='a TPM in software, swtpm, and tpm2-tools'
  [package]='jq, openssl, python3, readelf, xz and unzip'
  [emulator]="qemu's emulation of a program for arm64"
)
declare -A DEBIAN=(
  [jdk]='openjdk-17-jdk-headless|default-jdk-headless'
  [maven]='maven'
  [native]='libxcb1 libxcb-shm0 libasound2|libasound2t64 libpulse0|libpulse0t64'
  [window]='libgtk2.0-0|libgtk2.0-0t64'
  [broker]='mosquitto mosquitto-clients'
  [camera]='python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly gstreamer1.0-libav glib-networking openssl'
  [browser]='chromium'
  [jose]='python3-jwcrypto python3-paho-mqtt'
  [ffmpeg]='ffmpeg'
  [clock]='libfaketime'
  [numpy]='python3-numpy'
  [shellcheck]='shellcheck'
  [container]='systemd-container'
  [debootstrap]='debootstrap jq curl'
  [firewall]='nftables'
  [tpm]='swtpm tpm2-tools'
  [package]='jq openssl python3 binutils xz-utils unzip'
  [emulator]='qemu-user-static'
)

# The major version of the Java installation in a folder; nothing if there is none.
java_major() {
  [[ -f $1/release ]] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

# Leaves JAVA_HOME at a JDK that can build, for Maven and for the launcher.
has_jdk() {
  local home javac major
  javac=$(command -v javac) && javac=$(readlink -f "$javac")
  for home in "${JAVA_HOME:-}" "${javac%/bin/javac}" /usr/lib/jvm/*; do
    [[ -x $home/bin/javac ]] || continue
    major=$(java_major "$home")
    if [[ -n $major ]] && ((major >= 17)); then
      export JAVA_HOME=$home
      return 0
    fi
  done
  return 1
}

has_maven() { command -v mvn >/dev/null; }

has_native() { has_libraries libxcb.so.1 libxcb-shm.so.0 libasound.so.2 libpulse.so.0; }

# No window is opened; but OpenCV's cascades cannot be loaded without its window library.
has_window() { has_libraries libgtk-x11-2.0.so.0; }

has_libraries() {
  local known name
  known=$(PATH=$PATH:/usr/sbin:/sbin ldconfig -p)
  for name; do
    [[ $known == *"$name "* ]] || return 1
  done
}

# Debian keeps the broker where only root's path looks.
has_broker() {
  PATH=$PATH:/usr/sbin command -v mosquitto >/dev/null && command -v mosquitto_sub >/dev/null
}

has_camera() {
  command -v openssl >/dev/null && [[ -x /usr/bin/python3 ]] && /usr/bin/python3 - 2>/dev/null <<'PYTHON'
import gi
gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import Gio, Gst, GstRtspServer
Gst.init(None)
elements = ["videotestsrc", "rtph264pay", "h264parse", "x264enc", "avdec_h264"]
found = all(Gst.ElementFactory.find(name) for name in elements)
raise SystemExit(not (found and Gio.TlsBackend.get_default().supports_tls()))
PYTHON
}

has_browser() { command -v chromium >/dev/null; }

has_jose() { [[ -x /usr/bin/python3 ]] && /usr/bin/python3 -c 'import jwcrypto, paho.mqtt.client' 2>/dev/null; }

has_ffmpeg() { command -v ffmpeg >/dev/null; }

has_clock() { compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1' >/dev/null; }

has_numpy() { command -v python3 >/dev/null && python3 -c 'import numpy' 2>/dev/null; }

has_shellcheck() { command -v shellcheck >/dev/null; }

has_package() { has_all dpkg-deb jq openssl python3 readelf xz unzip; }

has_all() {
  local name
  for name; do command -v "$name" >/dev/null || return 1; done
}

has_debootstrap() { has_all debootstrap jq curl; }

has_emulator() { has_all qemu-aarch64-static dpkg-deb apt-get; }

has_container() { command -v systemd-nspawn >/dev/null; }

has_tpm() { has_all swtpm tpm2_pcrextend; }

# Debian keeps it where only root's path looks.
has_firewall() { PATH=$PATH:/usr/sbin command -v nft >/dev/null; }

# require CAPABILITY...: returns when all are there, installing what is missing where apt can.
require() {
  local capability choice lacking=() packages=() wanted
  for capability; do
    "has_$capability" || lacking+=("$capability")
  done
  ((${#lacking[@]})) || return 0
  if ! command -v apt-get >/dev/null; then
    wanted=$(for capability in "${lacking[@]}"; do printf '; %s' "${WANTED[$capability]}"; done)
    fail "this machine lacks what is needed; install it and run again: ${wanted#; }"
  fi
  for capability in "${lacking[@]}"; do
    for choice in ${DEBIAN[$capability]}; do
      packages+=("$(first_known "$choice")")
    done
  done
  as_root true 2>/dev/null ||
    fail "this machine lacks packages; as root run: apt-get install -y --no-install-recommends ${packages[*]} (and then this again)"
  apt_install "${packages[@]}"
  for capability in "${lacking[@]}"; do
    "has_$capability" || fail "apt installed its packages, yet this machine still lacks ${WANTED[$capability]}"
  done
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  else
    command -v sudo >/dev/null && sudo "$@"
  fi
}

apt_quietly() {
  local log=$1
  shift
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1
}

apt_install() {
  local log had_broker=true
  has_broker || had_broker=false
  log=$(mktemp)
  as_root apt-get update -qq >"$log" 2>&1 || say "apt-get update: $(tail -n 1 "$log")"
  say "installing: $*"
  busy installing apt_quietly "$log" "$@" || {
    tail -n 20 "$log" >&2
    fail "apt-get could not install what is needed: $* (correct what it says above and run again)"
  }
  rm -f "$log"
  # The package starts a broker of its own; ours are started by hand on ports of their own.
  if [[ $had_broker == false && -d /run/systemd/system ]] && has_broker; then
    as_root systemctl disable --quiet --now mosquitto.service || true
  fi
}

# apt_elsewhere ARCH STATE ARGUMENTS...: apt for a processor, with lists and caches of its own in the folder STATE: what apt
# knows of this machine stays as it is. What it said is in STATE/said.
apt_elsewhere() {
  local arch=$1 state=$2 options
  shift 2
  mkdir -p "$state"/{lists,cache/archives}/partial
  options=(-qq -o APT::Architecture="$arch" -o APT::Architectures="$arch" -o Dir::State::Lists="$state/lists"
    -o Dir::Cache="$state/cache" -o Dir::State::status=/dev/null -o APT::Sandbox::User=root -o Debug::NoLocking=true)
  (cd "$state" && apt-get "${options[@]}" update && apt-get "${options[@]}" "$@") >"$state/said" 2>&1
}

# first_known "a|b": the first that this release can install, or else the first.
first_known() {
  local name
  for name in ${1//|/ }; do
    if [[ $(apt-cache policy "$name") =~ Candidate:\ [^\(] ]]; then
      printf '%s' "$name"
      return
    fi
  done
  printf '%s' "${1%%|*}"
}

# busy TEXT COMMAND...: runs what is silent for long; on a terminal TEXT stands there meanwhile, with the seconds so far.
busy() {
  local text=$1 clock status=0 begun=$SECONDS
  shift
  if [[ ! -t 2 ]]; then
    "$@"
    return
  fi
  (
    while sleep 1 && kill -0 $$ 2>/dev/null; do printf '\r%s: %d s' "$text" "$((SECONDS - begun))" >&2; done
  ) 9>&- &
  clock=$!
  "$@" || status=$?
  kill "$clock" 2>/dev/null || true
  wait "$clock" 2>/dev/null || true
  printf '\r\033[K' >&2
  return "$status"
}

# --- The build --------------------------------------------------------------------------------

# Maven ends by resetting the colours of a terminal that may be none.
maven() { (cd "$ROOT" && mvn -B -ntp -Dstyle.color=never "$@" 2>&1 | sed -u 's/\x1b\[[0-9;]*m//g') >&2; }

# Whether networks are to run on a GPU, for which there is another build: SIGHTLINE_GPU=1.
wants_gpu() { [[ ${SIGHTLINE_GPU:-} == 1 ]]; }

has_gpu_build() { compgen -G "$LIB_DIR/onnxruntime_gpu-*.jar" >/dev/null; }

# Whether a source is newer than the build, or the build is not the one wanted. The stamp is for
# builds that had nothing to change.
is_stale() {
  local jar
  jar=$(compgen -G "$LIB_DIR/lab-*.jar") || return 0
  jar=${jar%%$'\n'*}
  if wants_gpu; then has_gpu_build || return 0; else ! has_gpu_build || return 0; fi
  local newer=(-newer "$jar")
  [[ -f $LIB_DIR/../.built ]] && newer+=(-newer "$LIB_DIR/../.built")
  [[ -n $(find "$ROOT/pom.xml" "$ROOT"/{edge-agent,test-fixtures/testkit}/pom.xml \
    "$ROOT"/edge-agent/*/{pom.xml,src/main} "$ROOT/test-fixtures/testkit/src/main" \
    "${newer[@]}" -print -quit) ]]
}

# Builds the program if there is no build or a source is newer; one build at a time.
build() {
  is_stale || return 0
  require jdk maven
  mkdir -p "$ROOT/edge-agent/target"
  (
    flock 9
    is_stale || exit 0
    profile=()
    if wants_gpu; then
      [[ $(uname -m) == x86_64 ]] || fail 'SIGHTLINE_GPU=1 needs x86_64: ONNX Runtime is published with CUDA for no other (docs/gpu.md)'
      profile=(-Pgpu)
    fi
    say "building Sightline${profile:+ for a GPU}; the first time it takes some minutes"
    # Alone: no test is compiled, and nothing that only tests and checks need is fetched.
    unchecked
    busy building maven -q -T2 -Dmaven.test.skip=true -Dspotless.check.skip=true "${profile[@]}" -pl edge-agent/lab -am package
    touch "$LIB_DIR/../.built"
    # Built by sudo, it is still the checkout of whoever called that.
    ((EUID)) || find "$ROOT"/{edge-agent,test-fixtures} -name target -prune -exec chown -R --reference="$ROOT" {} +
  ) 9>"$ROOT/edge-agent/target/.build.lock"
}

# Notes before a build without checks that its classes are not to be taken for checked ones, even if
# it ends halfway.
unchecked() {
  mkdir -p "$ROOT/edge-agent/target"
  touch "$ROOT/edge-agent/target/.unchecked"
}

# role_jars ROLE: the jars of a role, a path a line.
role_jars() {
  local module=$1 own name
  [[ $1 != van ]] || module=agent
  own=$(compgen -G "$LIB_DIR/$module-*.jar")
  printf '%s\n' "${own%%$'\n'*}"
  tr : '\n' <"$ROOT/edge-agent/$module/target/role.classpath" | while read -r name || [[ -n $name ]]; do
    printf '%s\n' "$LIB_DIR/${name#lib/}"
  done
}

# stage ROLE ROOT SYSTEM COMMANDS: lays the program of a role below ROOT, with its units, user and folders
# below ROOT/SYSTEM (etc, or usr/lib for a package) and its commands in ROOT/COMMANDS, with completion and manual in the share beside that. Settings are left
# to the caller, because an installation and a package keep them in different ways.
stage() {
  local role=$1 root=$2 system=$3 commands=$4 home=$2/opt/sightline part document jars natives
  install -d "$home/bin" "$home/share"
  install -m 0755 "$ROOT/scripts/launch" "$home/bin/sightline"
  install -m 0755 "$ROOT/scripts/archive-classes" "$home/bin"
  # All jars or none of the new ones: a library of two versions would run as a mixture.
  for part in lib native; do
    rm -rf "$home/$part.new"
    install -d "$home/$part.new"
  done
  mapfile -t jars < <(role_jars "$role")
  install -m 0644 "${jars[@]}" "$home/lib.new"
  natives=("$LIB_DIR"/../native/libsqlitejdbc.so)
  [[ $role == control-room ]] || natives+=("$LIB_DIR"/../native/libonnxruntime*)
  install -m 0644 "${natives[@]}" "$home/native.new"
  # Not to be interrupted between one and the other.
  trap '' INT TERM
  for part in lib native; do
    rm -rf "${home:?}/$part"
    mv "$home/$part.new" "$home/$part"
  done
  trap - INT TERM
  # A Java that a package or tarball left would be taken instead of the machine's.
  rm -rf "$home/runtime"
  rm -f "$home/classes.jsa"
  install -m 0644 "$ROOT/LICENSE" "$ROOT/NOTICE" "$home/share"
  rm -f "$home/share/classes.list"
  [[ ! -f $LIB_DIR/../classes.list ]] || install -m 0644 "$LIB_DIR/../classes.list" "$home/share"
  # Errors name them. With what they link to, each at its place.
  rm -rf "$home/share"/{agent.yaml,docs,models,systemd}
  # What is built here is not the release that lay there before, and has none of its baseline.
  rm -f "$home/share"/{release,baseline,baseline.sig,sbom.cdx.json}
  while read -r document; do
    install -D -m 0644 "$ROOT/$document" "$home/share/$document"
  done < <(cd "$ROOT" && find docs models/*/README.md systemd/agent.yaml CHANGELOG.md CONTRIBUTING.md -type f)
  install -d "$root/$commands"
  ln -sfn /opt/sightline/bin/sightline "$root/$commands/sightline"
  local guard destroy updates
  guard=$(<"$ROOT/scripts/debian/list-guard")
  destroy=$(<"$ROOT/scripts/debian/destroy")
  updates=$(<"$ROOT/scripts/sightline-update")
  updates=${updates//@LIST_GUARD@/"${guard//@PACKAGE@/sightline-update}"}
  updates=${updates//@DESTROY@/"${destroy//@PACKAGE@/sightline-update}"}
  install -m 0755 <(printf '%s\n' "$updates") "$root/$commands/sightline-update"
  local units=$root/$system/systemd/system
  install -D -m 0644 -t "$units/sightline-.service.d" "$ROOT"/systemd/sightline-.service.d/*.conf
  install -D -m 0644 -t "$root/$system/sysusers.d" "$ROOT/systemd/sysusers.d/sightline.conf"
  install -D -m 0644 -t "$root/$system/tmpfiles.d" "$ROOT/systemd/tmpfiles.d/sightline.conf"
  if has_agent "$role"; then
    install -m 0755 "$ROOT/scripts/sightline-on-device" "$root/$commands"
    install -D -m 0644 -t "$units" "$ROOT"/systemd/sightline-{agent,tidy}.service "$ROOT"/systemd/sightline-tidy.timer
  fi
  if [[ $role == control-room || $role == lab ]]; then
    install -D -m 0644 -t "$units" "$ROOT/systemd/sightline-board.service"
  fi
  stage_help "$role" "$home" "$root/${commands%/bin}/share"
}

# stage_help ROLE HOME SHARE: what the shell and man know of the commands of a role.
stage_help() {
  local completions=$3/bash-completion/completions made
  made=$(mktemp -d)
  SIGHTLINE_CACHE=$made SIGHTLINE_HOME=$2 "$2/bin/sightline" completion | sed '1{/^#!/d}' >"$made/sightline"
  SIGHTLINE_CACHE=$made SIGHTLINE_HOME=$2 "$2/bin/sightline" manual | gzip -n9 >"$made/sightline.1.gz"
  install -D -m 0644 -t "$completions" "$made/sightline"
  ! has_agent "$1" || ln -sfn sightline "$completions/sightline-on-device"
  install -D -m 0644 -t "$3/man/man1" "$made/sightline.1.gz"
  rm -rf "$made"
}

# Whether a machine of a role runs the agent.
has_agent() { [[ $1 == van || $1 == lab ]]; }

# start_once FOLDER: lets somebody walk by, and puts the list of the classes loaded into FOLDER. Its exit code
# would say whether they were recognised.
start_once() {
  local java_options='-Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1'
  {
    SIGHTLINE_JAVA_OPTS=$java_options "$ROOT/scripts/launch" fieldtest generate --out "$1/scene" --seed 7 \
      --width 640 --height 360 --fps 5 --people 1 --listed 1 &&
      SIGHTLINE_JAVA_OPTS="$java_options -Xlog:disable -XX:DumpLoadedClassList=$1/classes.list" \
        "$ROOT/scripts/launch" fieldtest run "$1/scene/scenario.yaml" --report "$1/report"
  } >"$1/said" 2>&1 || true
}

# Notes which classes a start loads, for archive-classes: the command line, the cameras, the engine.
# Somebody who does not exist walks by. A van that builds for itself gets no window library for that.
list_classes() {
  local home=${LIB_DIR%/lib} work
  [[ ! $home/classes.list -nt $home/.built ]] || return 0
  if ! has_window || ! has_broker; then
    rm -f "$home/classes.list"
    say 'without GTK 2 and Mosquitto on the machine that builds there is no list of classes, and starts take longer'
    return 0
  fi
  work=$(mktemp -d)
  export SIGHTLINE_CACHE=$work/cache SIGHTLINE_HOME=$home
  busy 'listing the classes of a start' start_once "$work"
  grep -qs org/sightline/edge/alert/PassEvidence "$work/classes.list" ||
    fail "the list of classes could not be made: $(tail -n 1 "$work/said")"
  install -m 0644 "$work/classes.list" "$home/classes.list"
  rm -rf "$work"
  unset SIGHTLINE_CACHE SIGHTLINE_HOME
}

# Keeps the classes of the build as they lie in memory, so that each command of it starts sooner: for
# those who start it a hundred times, as tests do.
archive_build() {
  local home=${LIB_DIR%/lib}
  list_classes
  [[ -f $home/classes.list ]] || return 0
  # Laid out as installed: the program of the source tree would look whether it is to be built.
  install -D -m 0644 "$home/classes.list" "$home/share/classes.list"
  install -D -m 0755 "$ROOT/scripts/launch" "$home/bin/sightline"
  install -m 0755 "$ROOT/scripts/archive-classes" "$home/bin"
  "$home/bin/archive-classes"
}

# --- A throw-away broker ----------------------------------------------------------------------

# start_broker DIR: an anonymous broker on a free loopback port, its files in DIR. Sets
# BROKER_PORT and BROKER_PID; whoever starts it ends it.
start_broker() {
  local attempt
  for ((attempt = 0; attempt < 20; attempt++)); do
    BROKER_PORT=$((20000 + RANDOM % 20000))
    port_answers "$BROKER_PORT" && continue
    printf 'listener %s 127.0.0.1\nallow_anonymous true\npersistence false\n' "$BROKER_PORT" \
      >"$1/mosquitto.conf"
    PATH=$PATH:/usr/sbin mosquitto -c "$1/mosquitto.conf" >"$1/mosquitto.log" 2>&1 &
    BROKER_PID=$!
    while kill -0 "$BROKER_PID" 2>/dev/null; do
      port_answers "$BROKER_PORT" && return 0
      sleep 0.1
    done
  done
  fail "the broker did not start: $1/mosquitto.log (see what it says)"
}

port_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# --- A throw-away Debian that is booted ---------------------------------------------------------
# What tries a release in one keeps its files in $work, what is brought in in $work/stick, and its processes in pids.

shown() { printf 'shown      %s\n' "$*"; }
not_shown() {
  printf 'NOT SHOWN  %s\n' "$*"
  exit 1
}

# make_debian FOLDER: a small Debian 12, unless one is there.
make_debian() {
  [[ ! -x $1/usr/bin/apt-get ]] || return 0
  say 'making a Debian; it takes a minute or two'
  debootstrap --variant=minbase --include=systemd-sysv,dbus bookworm "$1" >"$work/debootstrap" 2>&1 ||
    fail "no Debian could be made: $(tail -n 1 "$work/debootstrap")"
}

# boot_debian FOLDER OPTION...: boots it in a container, with the network of this machine and the stick at /media/usb. Sets
# manager, its first process, which ends it; "inside" runs a command in it.
boot_debian() {
  local folder=$1 tries
  shift
  [[ -p $work/typed ]] || mkfifo "$work/typed"
  exec 8<>"$work/typed"
  systemd-nspawn --quiet --directory="$folder" "$@" --boot --register=no --keep-unit --link-journal=no \
    --resolv-conf=replace-host --bind="$work/stick:/media/usb" --machine="sightline-try-$$" --console=pipe \
    <&8 >"$work/console" 2>&1 &
  container=$!
  pids+=("$container")
  manager=
  for ((tries = 0; tries < 300; tries++)); do
    manager=$(pgrep --parent "$container" | head -n 1) || true
    [[ -z $manager ]] || ! inside systemctl is-active --quiet basic.target 2>/dev/null || break
    sleep 0.2
  done
  inside systemctl is-active --quiet basic.target || fail "no system could be booted: $(tail -n 3 "$work/console")"
}
# files: everything that is on its disk, but for what apt and the system note of any package, and the temporary folders of
# the system's own services.
files() {
  inside find / -xdev \( -path /proc -o -path /sys -o -path /run -o -path /dev -o -path /tmp -o -path /media \
    -o -path /var/lib/apt -o -path /var/cache -o -path /var/log -o -path /var/lib/dpkg -o -path /var/lib/systemd \
    -o -path '/var/tmp/systemd-private-*-systemd-*' \) -prune -o -print | sort
}
# named: what has its name, anywhere but in logs of what apt did.
named() { inside find / \( -path /proc -o -path /sys -o -path /media -o -path /var/log \) -prune -o -name '*sightline*' -print; }
# nothing_left USER: that a purge has left no user, unit or file; what was there before is in $work/before.
nothing_left() {
  ! inside id sightline >/dev/null 2>&1 || not_shown 'its user is gone'
  [[ -z $(inside find / -xdev -uid "$1" -print -quit) ]] || not_shown "nothing of its user is left: $(inside find / -xdev -uid "$1")"
  [[ -z $(inside systemctl list-unit-files --plain --no-legend '*sightline*') ]] || not_shown 'its units are gone'
  [[ -z $(named) ]] || not_shown "nothing is named after it: $(named | paste -sd ' ')"
  files | comm -13 "$work/before" - >"$work/left"
  [[ ! -s $work/left ]] || not_shown "no file is left: $(paste -sd ' ' "$work/left")"
  shown 'after purging no user, unit or file of it is left'
}
inside() { nsenter --all --target="$manager" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
