{{/* The start of all names. 40 characters, because a CronJob's name may have 52. */}}
{{- define "firstcome.fullname" -}}
{{- $name := .Values.fullnameOverride | default (contains "firstcome" .Release.Name | ternary .Release.Name (printf "%s-firstcome" .Release.Name)) -}}
{{- $name | trunc 40 | trimSuffix "-" -}}
{{- end }}

{{/* What never changes in the life of a release; also the labels of pods, so that no upgrade restarts them. */}}
{{- define "firstcome.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: firstcome
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "firstcome.labels" -}}
{{- $root := index . 0 -}}
{{ include "firstcome.selector" . }}
app.kubernetes.io/part-of: firstcome
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" }}
{{- end }}

{{/* name, namespace and labels of an object: root, the end of its name, its component */}}
{{- define "firstcome.metadata" -}}
{{- $root := index . 0 -}}
name: {{ include "firstcome.fullname" $root }}-{{ index . 1 }}
namespace: {{ $root.Release.Namespace }}
labels:
  {{- include "firstcome.labels" (list $root (index . 2)) | nindent 2 }}
{{- end }}

{{/* The image of a part of the product: root, its key in images */}}
{{- define "firstcome.image" -}}
{{- $images := (index . 0).Values.images -}}
{{- with $images.registry }}{{ . }}/{{ end -}}
{{ get $images (index . 1) }}:{{ $images.tag | default (index . 0).Chart.AppVersion }}
{{- end }}

{{/* The namespaces whose Campaigns the operator runs, as a JSON list; the release's own comes first. */}}
{{- define "firstcome.namespaces" -}}
{{- prepend .Values.operator.watchNamespaces .Release.Namespace | uniq | toJson -}}
{{- end }}

{{- define "firstcome.serviceAccountName" -}}
{{ include "firstcome.fullname" (index . 0) }}-{{ index . 1 }}
{{- end }}
