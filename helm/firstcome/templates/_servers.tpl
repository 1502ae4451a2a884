{{/* Where Kafka and the database are, in the words of each kind of file. */}}
{{- define "firstcome.kafka" -}}
{{- if eq .Values.kafka.mode "bundled" -}}
{{ include "firstcome.fullname" . }}-kafka.{{ .Release.Namespace }}.svc:9092
{{- else -}}
{{ .Values.kafka.external.bootstrapServers }}
{{- end -}}
{{- end }}

{{- define "firstcome.databaseUrl" -}}
{{- $mysql := .Values.mysql -}}
{{- if eq $mysql.mode "bundled" -}}
jdbc:mysql://{{ include "firstcome.fullname" . }}-mysql.{{ .Release.Namespace }}.svc:3306/{{ $mysql.database }}
{{- else -}}
jdbc:mysql://{{ $mysql.external.host }}:{{ int $mysql.external.port }}/{{ $mysql.database }}
{{- range $i, $key := keys $mysql.external.parameters | sortAlpha -}}
{{ ternary "?" "&" (eq $i 0) }}{{ $key }}={{ get $mysql.external.parameters $key | toString | urlquery }}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "firstcome.databaseSecret" -}}
{{- if eq .Values.mysql.mode "bundled" -}}
{{ include "firstcome.fullname" . }}-database
{{- else -}}
{{ .Values.mysql.external.existingSecret }}
{{- end -}}
{{- end }}

{{/* The Secret with Kafka's credentials; empty without one. */}}
{{- define "firstcome.kafkaSecret" -}}
{{- if eq .Values.kafka.mode "external" }}{{ .Values.kafka.external.existingSecret }}{{ end -}}
{{- end }}

{{/* spring.kafka of a settings file */}}
{{- define "firstcome.springKafka" -}}
bootstrap-servers: {{ include "firstcome.kafka" . | quote }}
{{- if eq .Values.kafka.mode "external" }}
{{- with .Values.kafka.external.properties }}
properties:
  {{- range $key, $value := . }}
  {{ $key | quote }}: {{ $value | toString | quote }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* The environment of consumers and batch jobs, those that the operator makes too. */}}
{{- define "firstcome.workerEnvironment" -}}
FIRSTCOME_TIME_ZONE: {{ .Values.timeZone | quote }}
SPRING_DATASOURCE_URL: {{ include "firstcome.databaseUrl" . | quote }}
SPRING_KAFKA_BOOTSTRAP_SERVERS: {{ include "firstcome.kafka" . | quote }}
{{- if eq .Values.kafka.mode "external" }}
{{- range $key, $value := .Values.kafka.external.properties }}
SPRING_KAFKA_PROPERTIES_{{ $key | upper | replace "." "_" }}: {{ $value | toString | quote }}
{{- end }}
{{- end }}
{{- with .Values.workers.config }}
SPRING_APPLICATION_JSON: {{ toJson . | quote }}
{{- end }}
{{- end }}

{{/* envFrom of consumers and batch jobs */}}
{{- define "firstcome.workerEnvFrom" -}}
- configMapRef: {name: {{ include "firstcome.fullname" . }}-servers}
- secretRef: {name: {{ include "firstcome.databaseSecret" . }}}
{{- with include "firstcome.kafkaSecret" . }}
- secretRef: {name: {{ . }}}
{{- end }}
{{- end }}
