{{/* The settings of the operator as the chart has them; values win. */}}
{{- define "firstcome.operatorSettings" -}}
{{- $made := include "firstcome.operatorSettingsMade" . | fromYaml -}}
{{- mustMergeOverwrite $made (deepCopy .Values.operator.config) | toYaml -}}
{{- end }}

{{- define "firstcome.operatorSettingsMade" -}}
{{- $full := include "firstcome.fullname" . -}}
spring:
  kafka:
    {{- include "firstcome.springKafka" . | nindent 4 }}
firstcome:
  time-zone: {{ .Values.timeZone | quote }}
  operator:
    api: http://{{ $full }}-api:8080
    namespaces: {{ include "firstcome.namespaces" . }}
    lease: {{ $full }}-operator
    topic-retention: {{ .Values.operator.topicRetention | quote }}
    consumer:
      image: {{ include "firstcome.image" (list . "consumer") | quote }}
      resources: {{ include "firstcome.resourceMaps" .Values.consumer.resources }}
    batch:
      image: {{ include "firstcome.image" (list . "batch") | quote }}
      resources: {{ include "firstcome.resourceMaps" .Values.batch.resources }}
    pods:
      image-pull-policy: {{ .Values.images.pullPolicy }}
      image-pull-secrets: {{ toJson .Values.images.pullSecrets }}
      config-maps: [{{ $full }}-servers]
      secrets: {{ list (include "firstcome.databaseSecret" .) (include "firstcome.kafkaSecret" .) | compact | toJson }}
      config-checksum: {{ include "firstcome.workerEnvironment" . | sha256sum | quote }}
      labels: {{ include "firstcome.bracketed" .Values.workers.podLabels }}
      annotations: {{ include "firstcome.bracketed" .Values.workers.podAnnotations }}
      node-selector: {{ include "firstcome.bracketed" .Values.workers.nodeSelector }}
      tolerations: {{ toJson .Values.workers.tolerations }}
{{- end }}

{{/* A map as JSON, its keys in brackets: as they are, whatever characters they have. */}}
{{- define "firstcome.bracketed" -}}
{{- $map := dict -}}
{{- range $key, $value := . -}}
{{- $_ := set $map (printf "[%s]" $key) (toString $value) -}}
{{- end -}}
{{- toJson $map -}}
{{- end }}

{{- define "firstcome.resourceMaps" -}}
{requests: {{ include "firstcome.bracketed" .requests }}, limits: {{ include "firstcome.bracketed" .limits }}}
{{- end }}
