#!/bin/bash
# The official image's command of this name.
export CLASSPATH='/opt/kafka/libs/*'
exec java -Xmx96m -XX:+UseSerialGC org.apache.kafka.tools.TopicCommand "$@"
