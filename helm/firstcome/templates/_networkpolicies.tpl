{{/* Egress to Kafka and, if the second argument says so, to the database. */}}
{{- define "firstcome.egressToServers" -}}
{{- $root := index . 0 -}}
{{- $servers := ternary (list "kafka" "mysql") (list "kafka") (index . 1) -}}
{{- range $server := $servers }}
{{- if eq (get $root.Values $server).mode "bundled" }}
- to:
    - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ $root.Release.Namespace }}}}
      podSelector:
        matchLabels:
          {{- include "firstcome.selector" (list $root $server) | nindent 10 }}
  ports: [{port: {{ ternary 9092 3306 (eq $server "kafka") }}}]
{{- else if eq $server "mysql" }}
- ports: [{port: {{ int $root.Values.mysql.external.port }}}]
{{- else }}
# Brokers outside name each other, so only their ports are known.
- ports:
    {{- range splitList "," $root.Values.kafka.external.bootstrapServers | uniq }}
    - port: {{ splitList ":" (trim .) | last | int }}
    {{- end }}
{{- end }}
{{- end }}
{{- end }}
