# Source this before tests that use Testcontainers (as real environment variables: Testcontainers does not read
# these from its properties file). It sets only what this machine needs, and keeps what is set already.
# The images come from dev/images/build.

# Ryuk removes the containers of killed test runs. dev/images/build pulls it where there is an image registry;
# where there is none the tests must do without, and a pull of any other image would only lose minutes.
if [[ -z "$(docker images --quiet testcontainers/ryuk 2>/dev/null)" ]]; then
  export TESTCONTAINERS_RYUK_DISABLED="${TESTCONTAINERS_RYUK_DISABLED:-true}"
  export TESTCONTAINERS_PULL_TIMEOUT="${TESTCONTAINERS_PULL_TIMEOUT:-5}"
fi

# On a machine with /.dockerenv Testcontainers takes itself for a container beside its engine, and asks an image that
# has to be pulled for the way out. When the engine runs right here, published ports are on localhost.
if [[ -e /.dockerenv && "$(docker info --format '{{.Name}}' 2>/dev/null)" == "$(hostname)" ]]; then
  export TESTCONTAINERS_HOST_OVERRIDE="${TESTCONTAINERS_HOST_OVERRIDE:-localhost}"
fi
