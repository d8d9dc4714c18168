using RagApp.Kubernetes.Helm;

namespace RagApp.Tests.Kubernetes;

/// <summary>Tokens in an object's YAML become Helm expressions.</summary>
public sealed class HelmExpressionsTests
{
    private readonly HelmExpressions _helm = new();

    [Fact]
    public void Text_AsTheWholeValue_IsQuotedByHelm() =>
        _helm.Resolve($"name: {_helm.Text(".Values.name")}").ShouldBe("name: {{ .Values.name | quote }}\n");

    [Fact]
    public void Text_WithinAValue_IsQuotedAround() =>
        _helm.Resolve($"image: {_helm.Text(".Values.registry")}/a:{_helm.Text(".Values.tag")}").ShouldBe("image: \"{{ .Values.registry }}/a:{{ .Values.tag }}\"\n");

    [Fact]
    public void Text_BesideQuotes_IsQuotedByTheOthers() =>
        _helm.Resolve($"expr: up{{namespace=\"{_helm.Text(".Values.name")}\"}} < 1").ShouldBe("expr: 'up{namespace=\"{{ .Values.name }}\"} < 1'\n");

    [Fact]
    public void TextOrNothing_IsLeftOutWhenEmpty() =>
        _helm.Resolve($"  class: {_helm.TextOrNothing(".Values.class")}").ShouldBe("{{- if .Values.class }}\n  class: {{ .Values.class | quote }}\n{{- end }}\n");

    [Fact]
    public void Number_WithACondition_IsLeftOutUnlessItHolds() =>
        _helm.Resolve($"replicas: {_helm.Number(".Values.pods", "not .Values.scaled")}").ShouldBe("{{- if not .Values.scaled }}\nreplicas: {{ .Values.pods }}\n{{- end }}\n");

    [Fact]
    public void Entries_BesideOthers_AreIndentedLikeThem() =>
        _helm.Resolve($"data:\n  a: b\n  {_helm.Entries(".Values.more")}: ''").ShouldBe(
            "data:\n  a: b\n  {{- with .Values.more }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\n");

    [Fact]
    public void TextOfSeveralLines_HasExpressionsWithoutQuotes() =>
        _helm.Resolve($"script: |\n  nc {_helm.Text(".Values.host")} 80\nafter: {_helm.Text(".Values.a")}").ShouldBe("script: |\n  nc {{ .Values.host }} 80\nafter: {{ .Values.a | quote }}\n");

    [Fact]
    public void Braces_OfOthersTemplates_StayTheirs() =>
        _helm.Resolve("summary: Tenant {{ $labels.tenant }}").ShouldBe("summary: Tenant {{ \"{{\" }} $labels.tenant }}\n");
}
