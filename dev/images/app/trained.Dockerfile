# The application with the classes that it loaded in a training run (docs/adr/0012). A JVM that cannot use
# them, say with another layout of objects, says so and starts without.
ARG UNTRAINED
FROM $UNTRAINED
COPY app.aot ./
ENTRYPOINT ["java", "-XX:AOTCache=/app/app.aot", "@/app/java.options", "-jar", "/app/app.jar"]
ARG TITLE
ARG VERSION
ARG REVISION
LABEL org.opencontainers.image.title="Firstcome $TITLE" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.licenses="Apache-2.0"
