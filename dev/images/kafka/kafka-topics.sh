#!/bin/bash
# The official image's command of this name.
export CLASSPATH='/opt/kafka/libs/*' JAVA_TOOL_OPTIONS=-Dlog4j2.level=WARN
exec java -Xmx96m -XX:+UseSerialGC org.apache.kafka.tools.TopicCommand "$@"
