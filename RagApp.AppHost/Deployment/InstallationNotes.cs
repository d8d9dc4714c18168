namespace RagApp.AppHost.Deployment;

/// <summary>The text that Helm prints after an installation.</summary>
internal static class InstallationNotes
{
    public const string Text = """
        RagApp {{ .Chart.AppVersion }} is being started in the namespace {{ .Values.namespace.name }}.
        {{- if not .Values.externalSecrets.enabled }}

        Pods wait until these Secrets exist:

          key() { openssl rand -hex 32; }
          kubectl -n {{ .Values.namespace.name }} create secret generic identity-secret --from-literal=signing-key=$(key)
          kubectl -n {{ .Values.namespace.name }} create secret generic redis-secret --from-literal=password=$(key)
          kubectl -n {{ .Values.namespace.name }} create secret generic vector-db-secret \
              --from-literal=api-key=$(key) --from-literal=read-only-api-key=$(key)
          kubectl -n {{ .Values.namespace.name }} create secret generic object-store-secret --from-literal=access-key=... --from-literal=secret-key=...
          kubectl -n {{ .Values.namespace.name }} create secret generic encryption-secret \
              --from-literal=key=$(openssl rand -base64 32)   # keep a copy elsewhere: no document can be read without it
        {{- if .Values.parameters.backupBucket }}
          kubectl -n {{ .Values.namespace.name }} create secret generic backup-secret --from-literal=access-key=... --from-literal=secret-key=... \
              --from-literal=key=$(openssl rand -base64 32)   # keep a copy elsewhere: no backup can be read without it
        {{- end }}
          kubectl -n {{ .Values.namespace.name }} create secret generic audit-secret --from-literal=signing-key=$(key)   # optional, and for good: older links need it
        {{- if .Values.parameters.chatEndpoint }}
          kubectl -n {{ .Values.namespace.name }} create secret generic openai-secret --from-literal=api-key=...
        {{- end }}
        {{- end }}

        {{- if and (ne .Values.exposure.kind "none") (not .Values.network.ingressCidr) }}

        All people share the rate limits of the ingress's address: set network.ingressCidr to the network of its pods.
        {{- end }}

        When all pods are ready:

          kubectl -n {{ .Values.namespace.name }} get pods
          helm test {{ .Release.Name }} -n {{ .Release.Namespace }}
        {{- if .Values.parameters.backupBucket }}
          kubectl -n {{ .Values.namespace.name }} create job --from=cronjob/backup first-backup
        {{- end }}
        {{- if ne .Values.exposure.kind "none" }}
          https://{{ .Values.exposure.host }}
        {{- else }}
          kubectl -n {{ .Values.namespace.name }} port-forward service/api-gateway 8080:8080
        {{- end }}

        """;
}
