{{/* The settings of the api as the chart has them; values win. */}}
{{- define "firstcome.apiSettings" -}}
{{- $made := include "firstcome.apiSettingsMade" . | fromYaml -}}
{{- mustMergeOverwrite $made (deepCopy .Values.api.config) | toYaml -}}
{{- end }}

{{- define "firstcome.apiSettingsMade" -}}
firstcome:
  admin:
    name: {{ .Values.admin.name | quote }}
  cluster:
    namespace: {{ .Release.Namespace }}
    batch-cron-job: {{ include "firstcome.fullname" . }}-batch
  drain: {{ printf "%ds" (int .Values.api.drainSeconds) }}
  {{- with .Values.lanes }}
  lanes:
    {{- range $name, $lane := . }}
    {{ $name }}: {partitions: {{ $lane.partitions }}}
    {{- end }}
  {{- end }}
  time-zone: {{ .Values.timeZone | quote }}
spring:
  datasource:
    url: {{ include "firstcome.databaseUrl" . | quote }}
    hikari:
      # At the first install the database comes up at the same time and is waited for.
      initialization-fail-timeout: -1
  flyway:
    connect-retries: 30
    connect-retries-interval: 2s
  kafka:
    {{- include "firstcome.springKafka" . | nindent 4 }}
{{- end }}
