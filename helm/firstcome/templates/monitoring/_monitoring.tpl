{{/* Not empty if monitors can be made: the cluster knows their kind, or values say so. */}}
{{- define "firstcome.monitorsKnown" -}}
{{- if or .Values.monitoring.force (.Capabilities.APIVersions.Has "monitoring.coreos.com/v1") }}yes{{ end -}}
{{- end }}

{{/* metadata of an object that a tool finds by its labels: root, the end of its name */}}
{{- define "firstcome.monitorMetadata" -}}
{{- $root := index . 0 -}}
{{ include "firstcome.metadata" (list $root (index . 1) "monitoring") }}
  {{- with $root.Values.monitoring.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
