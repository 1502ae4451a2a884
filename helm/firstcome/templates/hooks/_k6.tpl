{{/* A pod that runs one script of the chart: root, its component, its ServiceAccount or nothing, its environment as YAML */}}
{{- define "firstcome.scriptPod" -}}
{{- $root := index . 0 -}}
{{- $name := printf "%s-%s" (include "firstcome.fullname" $root) (index . 1) -}}
{{- $account := index . 2 -}}
{{- with $account }}
serviceAccountName: {{ . }}
{{- end }}
{{ include "firstcome.podStart" (list $root (not (empty $account))) }}
restartPolicy: Never
containers:
  - name: k6
    image: {{ include "firstcome.image" (list $root "k6") }}
    imagePullPolicy: {{ $root.Values.images.pullPolicy }}
    args: [run, --quiet, --no-usage-report, /scripts/script.js]
    env:
      {{- index . 3 | nindent 6 }}
    resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 256Mi}}
    securityContext:
      {{- include "firstcome.containerSecurity" $root | nindent 6 }}
    volumeMounts:
      - {name: scripts, mountPath: /scripts, readOnly: true}
      - {name: tmp, mountPath: /tmp}
volumes:
  - {name: scripts, configMap: {name: {{ $name }}}}
  - {name: tmp, emptyDir: {}}
{{- end }}

{{- define "firstcome.uninstallHook" -}}
helm.sh/hook: pre-delete
helm.sh/hook-weight: {{ quote . }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
{{- end }}
