{{/* What every pod needs under the restricted Pod Security Standard: the number of its user. */}}
{{- define "firstcome.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "firstcome.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}

{{/* The start of the spec of a pod of the product: root, whether it speaks to the API server */}}
{{- define "firstcome.podStart" -}}
{{- $root := index . 0 -}}
automountServiceAccountToken: {{ index . 1 }}
# Variables of Services, such as FIRSTCOME_API_PORT, would be read as settings.
enableServiceLinks: false
securityContext:
  {{- include "firstcome.podSecurity" 10001 | nindent 2 }}
{{- with $root.Values.images.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Where pods go, from the values of one part */}}
{{- define "firstcome.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{/* The probes of a Spring Boot part: its port, and how many seconds it may take to start */}}
{{- define "firstcome.probes" -}}
startupProbe:
  httpGet: {path: /actuator/health/liveness, port: {{ index . 0 }}}
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: {{ div (index . 1) 2 }}
readinessProbe:
  httpGet: {path: /actuator/health/readiness, port: {{ index . 0 }}}
  periodSeconds: 5
  timeoutSeconds: 3
  failureThreshold: 3
livenessProbe:
  httpGet: {path: /actuator/health/liveness, port: {{ index . 0 }}}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
{{- end }}

{{/* The probes of a bundled server, which opens its port when it is ready. */}}
{{- define "firstcome.portProbes" -}}
startupProbe:
  tcpSocket: {port: {{ . }}}
  periodSeconds: 2
  failureThreshold: 90
readinessProbe:
  tcpSocket: {port: {{ . }}}
  periodSeconds: 5
livenessProbe:
  tcpSocket: {port: {{ . }}}
  periodSeconds: 20
  failureThreshold: 6
{{- end }}

{{/* One container of a batch pod: root, its arguments */}}
{{- define "firstcome.batchPod" -}}
{{- $root := index . 0 -}}
{{- $workers := $root.Values.workers -}}
metadata:
  labels:
    {{- include "firstcome.selector" (list $root "batch") | nindent 4 }}
    {{- with $workers.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with $workers.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- include "firstcome.podStart" (list $root false) | nindent 2 }}
  restartPolicy: Never
  {{- with include "firstcome.placement" $workers }}
  {{- . | nindent 2 }}
  {{- end }}
  containers:
    - name: batch-job
      image: {{ include "firstcome.image" (list $root "batch") }}
      imagePullPolicy: {{ $root.Values.images.pullPolicy }}
      args:
        {{- toYaml (index . 1) | nindent 8 }}
      envFrom:
        {{- include "firstcome.workerEnvFrom" $root | nindent 8 }}
      resources:
        {{- toYaml $root.Values.batch.resources | nindent 8 }}
      securityContext:
        {{- include "firstcome.containerSecurity" . | nindent 8 }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
  volumes:
    - {name: tmp, emptyDir: {}}
{{- end }}

{{/* The volume of a bundled server; without labels that change, because it cannot be changed. */}}
{{- define "firstcome.volumeClaim" -}}
{{- if .enabled -}}
volumeClaimTemplates:
  - metadata: {name: data}
    spec:
      accessModes: [ReadWriteOnce]
      {{- with .storageClass }}
      storageClassName: {{ . }}
      {{- end }}
      resources: {requests: {storage: {{ .size }}}}
{{- end -}}
{{- end }}
