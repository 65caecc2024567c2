# What scripts/karat does before it starts anything: checks Java, Maven and Hadoop, and builds the jar.
# Uses refuse, complain, home, jar and spark_classpath of the script that reads it.

readonly build_failed=1

installation() {
  printf '%s\n' "Install it with one of:" \
    "  sudo apt install $1" "  sudo dnf install $2" "  brew install $3"
}

readonly jdk=(openjdk-17-jdk java-21-openjdk-devel openjdk@17)
readonly maven=(maven maven maven)

# Where a tool of the JDK lies: in JAVA_HOME, else on the PATH.
tool() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    [[ -x $JAVA_HOME/bin/$1 ]] && printf '%s\n' "$JAVA_HOME/bin/$1"
  else
    command -v "$1"
  fi
}

place() {
  [[ -n ${JAVA_HOME:-} ]] && printf "in JAVA_HOME '%s'" "$JAVA_HOME" || printf 'on the PATH'
}

# Sets tool_version. A tool that fails says why, such as an option that it does not know.
require_jdk_tool() {
  local name=$1 purpose=$2 path said
  path=$(tool "$name") || refuse \
    "There is no '$name' $(place): expected Java 17 or newer $purpose. $(installation "${jdk[@]}")"
  said=$("$path" -version 2>&1) || true
  [[ $said =~ (version\ \"|javac\ )(1\.)?([0-9]+) ]] || refuse \
    "'$path' does not say which version it is: expected Java 17 or newer $purpose. Look at JDK_JAVA_OPTIONS," \
    "JAVA_TOOL_OPTIONS and the limits of this process. It says:" "${said:-nothing}"
  tool_version=${BASH_REMATCH[3]}
  ((tool_version >= 17)) || refuse \
    "'$path' is of Java $tool_version: expected 17 or newer $purpose. $(installation "${jdk[@]}")"
}

require_maven() {
  local path text version
  path=$(command -v mvn) || refuse \
    "There is no 'mvn' on the PATH: expected Maven 3.8 or newer to build Karat." \
    "$(installation "${maven[@]}")"
  text=$(mvn -version 2>&1) || true
  [[ $text =~ Apache\ Maven\ ([0-9]+)\.([0-9]+) ]] || refuse \
    "'$path' does not say which version it is: expected Maven 3.8 or newer to build Karat. Look at MAVEN_OPTS. It says:" \
    "${text:-nothing}"
  version=${BASH_REMATCH[1]}.${BASH_REMATCH[2]}
  ((BASH_REMATCH[1] > 3 || (BASH_REMATCH[1] == 3 && BASH_REMATCH[2] >= 8))) || refuse \
    "'$path' is of Maven $version: expected 3.8 or newer to build Karat. $(installation "${maven[@]}")"
}

# The class path is written last, so a jar beside it is a finished one.
is_built() {
  [[ -f $jar && -f $spark_classpath ]] || return 1
  [[ -z $(find "$home/pom.xml" "$home/src/main" -newer "$jar" -print -quit) ]] || return 1
  [[ -n ${SPARK_HOME:-} ]] || { [[ -f $(cut -d : -f 1 "$spark_classpath") ]] && runs_hadoop; }
}

# The version of the Hadoop that comes with Spark; nothing where it comes from somewhere else.
hadoop_version() {
  local names=
  if [[ -n ${SPARK_HOME:-} ]]; then
    names=$(printf '%s\n' "$SPARK_HOME"/jars/hadoop-client-api-*.jar)
  elif [[ -f $spark_classpath ]]; then
    names=$(< "$spark_classpath")
  fi
  [[ $names =~ hadoop-client-api-([0-9]+\.[0-9]+[^:/]*)\.jar ]] && printf '%s' "${BASH_REMATCH[1]}"
}

# Hadoop before 3.5 asks for who is logged in by what Java 23 and newer refuse.
runs_hadoop() {
  local version
  ((java_version >= 23)) && version=$(hadoop_version) || return 0
  [[ $version =~ ^([0-9]+)\.([0-9]+) ]]
  ((BASH_REMATCH[1] > 3 || (BASH_REMATCH[1] == 3 && BASH_REMATCH[2] >= 5)))
}

# Of an installation whose jars do not tell, nothing is asked.
require_spark() {
  local core version
  for core in "${SPARK_HOME:-/dev/null}"/jars/spark-core_*-*.jar; do
    [[ -f $core && $core != *_2.13-4.[012].* ]] || continue
    core=${core##*/spark-core_}
    version=${core#*-}
    refuse "SPARK_HOME '$SPARK_HOME' has Spark ${version%.jar} of Scala ${core%%-*}: expected Spark 4.0, 4.1" \
      'or 4.2 of Scala 2.13. Set SPARK_HOME to one, or unset it to use the Spark that Maven resolves.'
  done
}

require_hadoop() {
  local spark="'$spark_classpath' names" remedy='build Karat on this Java'
  runs_hadoop && return
  [[ -z ${SPARK_HOME:-} ]] || {
    spark="SPARK_HOME '$SPARK_HOME' has"
    remedy='take a Spark with such a Hadoop'
  }
  refuse "$spark Hadoop $(hadoop_version), which does not run on Java $java_version: expected" \
    "Hadoop 3.5 or newer. Set JAVA_HOME to Java 17 or 21, or $remedy."
}

# Whether a path is on this machine, not in a store or in the image of a container.
is_here() {
  [[ $1 == file:* || ($1 != *://* && $1 != local:*) ]]
}

# A driver in the cluster has the files that are sent along and those of stores; Kubernetes sends by way of a store.
require_reach() {
  local file name=${config##*/} store=spark.kubernetes.file.upload.path
  [[ -z $config || $config == /* || ($config == "$name" && ",$files," == *[,/#]"$name",*) ]] ||
    ! is_here "$config" || refuse \
    "--config '$config' is on this machine, and the driver in the cluster: expected a URI, or a file that is sent along." \
    "Give --files '$config' --config '$name', or a URI such as hdfs:///karat/$name."
  [[ $1 == k8s://* && -z ${upload_path:-$(setting "$store")} ]] || return 0
  ! is_here "$application" || refuse \
    "The jar '$application' is on this machine, where no driver in Kubernetes reaches it: expected it in the image, or a" \
    "store for uploads. Set KARAT_JAR=local:///opt/karat/lib/karat.jar for an image with Karat, or add" \
    "--conf $store=s3a://bucket/folder."
  for file in ${files//,/ } ${jars//,/ }; do
    ! is_here "$file" || refuse \
      "'$file' is on this machine, where no driver in Kubernetes reaches it: expected a URI, or a store for uploads." \
      "Put it into a store and name it there, or add --conf $store=s3a://bucket/folder."
  done
}

# A deployed copy has no sources, and nothing to build.
require_build() {
  [[ -f $home/pom.xml && -d $home/src/main ]] || return 0
  is_built && return
  require_jdk_tool javac 'to build Karat'
  require_maven
  mkdir -p "$home/target"
  lock_build
  is_built || build
  unlock_build
}

# Without flock a link that names its process is the lock; one whose process is gone is removed.
lock_build() {
  local lock=$home/target/build.lock holder
  if command -v flock > /dev/null; then
    exec 9> "$lock"
    flock -n 9 || { complain 'Waiting for a build that is under way …' && flock 9; }
    return
  fi
  until ln -s "$$" "$lock.link" 2> /dev/null; do
    if holder=$(readlink "$lock.link"); then
      kill -0 "$holder" 2> /dev/null || rm -f "$lock.link"
    else
      [[ -w $home/target ]] || refuse "Folder '$home/target' cannot be written: expected to build there."
    fi
    sleep 1
  done
  trap 'rm -f "$home/target/build.lock.link"' EXIT
}

unlock_build() {
  if command -v flock > /dev/null; then
    exec 9>&-
  else
    rm -f "$home/target/build.lock.link"
    trap - EXIT
  fi
}

# What Maven is at, by the last line of its log; nothing where the line does not say it.
work_of_maven() {
  local line
  line=$(tail -n 1 "$1")
  case $line in
    *Download*' from '*/*)
      line=${line##*/}
      printf 'downloading %s' "${line%% (*}"
      ;;
    *'--- '*:compile*) printf 'compiling' ;;
    *'--- '*:shade* | *'--- '*:jar*) printf 'packing the jar' ;;
    *'--- '*) printf 'preparing' ;;
  esac
}

# Says each second on a terminal what Maven is at, elsewhere once for each kind of work. Ends with the launcher,
# which may be stopped while it waits for Maven.
watch_build() {
  local work kind='' now
  while sleep 1 && kill -0 "$$" 2> /dev/null; do
    now=$(work_of_maven "$1")
    work=${now:-${work-}}
    if [[ -t 2 && ${TERM:-dumb} != dumb ]]; then
      printf '\r\033[2Kkarat: Building for %s s%s …\r' "$SECONDS" "${work:+: $work}" >&2
    elif [[ -n $work && ${work%% *} != "$kind" ]]; then
      kind=${work%% *}
      complain "Building for $SECONDS s: $work …"
    fi
  done
}

# The old jar is removed, not overwritten, so that a night that runs from it keeps it.
build() {
  local started=$home/target/build.started log=$home/target/build.log watcher failed=no
  if [[ -f $spark_classpath ]]; then
    complain 'Building Karat …'
  else
    complain 'Building Karat (first time: downloads Spark) …'
  fi
  touch "$started"
  rm -f "$jar" "$spark_classpath"
  : > "$log"
  watch_build "$log" 9>&- &
  watcher=$!
  (cd "$home" && mvn -B -DskipTests -Dquick package) > "$log" 2>&1 < /dev/null 9>&- || failed=yes
  kill "$watcher" 2> /dev/null || true
  wait "$watcher" 2> /dev/null || true
  [[ ! -t 2 || ${TERM:-dumb} == dumb ]] || printf '\r\033[2K' >&2
  if [[ $failed == yes ]]; then
    sed -E '/^(\[INFO\]|Download|Progress)/d' "$log" >&2
    complain "The build failed; the whole log is '$log'."
    exit "$build_failed"
  fi
  touch -r "$started" "$jar" "$spark_classpath"
}
