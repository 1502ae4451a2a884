{{/* What the schema cannot say, or could not say in words that help. */}}
{{- define "firstcome.refusals" -}}
{{- $values := .Values -}}
{{- if eq $values.kafka.mode "external" -}}
{{- if not $values.kafka.external.bootstrapServers -}}
{{- fail "Say where Kafka is: kafka.external.bootstrapServers=HOST:9092, or kafka.mode=bundled for one small server that is not for production." -}}
{{- end -}}
{{- end -}}
{{- if eq $values.mysql.mode "external" -}}
{{- if not $values.mysql.external.host -}}
{{- fail "Say where the database is: mysql.external.host, or mysql.mode=bundled for one small server that is not for production." -}}
{{- end -}}
{{- if not $values.mysql.external.existingSecret -}}
{{- fail "mysql.external.existingSecret is missing: name a Secret with SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD." -}}
{{- end -}}
{{- end -}}
{{- range $name, $lane := $values.lanes -}}
{{- $replicas := hasKey $lane "replicas" | ternary $lane.replicas 1 -}}
{{- if gt (int $replicas) (int $lane.partitions) -}}
{{- fail (printf "lanes.%s: %d replicas for %d partitions: a partition has one reader, so give it at most as many replicas as partitions." $name (int $replicas) (int $lane.partitions)) -}}
{{- end -}}
{{- end -}}
{{- with $values.api.autoscaling -}}
{{- if and .enabled (gt (int .minReplicas) (int .maxReplicas)) -}}
{{- fail (printf "api.autoscaling: minReplicas %d is more than maxReplicas %d." (int .minReplicas) (int .maxReplicas)) -}}
{{- end -}}
{{- end -}}
{{- if le (int $values.api.terminationGracePeriodSeconds) (int $values.api.drainSeconds) -}}
{{- fail "api.terminationGracePeriodSeconds must be longer than api.drainSeconds, best by 30 seconds: requests under way end in between." -}}
{{- end -}}
{{- if and $values.ingress.enabled (not $values.ingress.hosts) -}}
{{- fail "ingress.hosts is empty: name at least one host." -}}
{{- end -}}
{{- range $values.ingress.paths -}}
{{- $path := trimSuffix "/" . -}}
{{- if and (ne . "/") (or (hasPrefix (printf "%s/" $path) "/api/internal/") (hasPrefix "/api/internal/" (printf "%s/" $path))) -}}
{{- fail (printf "ingress.paths: %s would let everybody reach /api/internal, which is for the operator. Name the paths below it instead." .) -}}
{{- end -}}
{{- end -}}
{{- end }}
