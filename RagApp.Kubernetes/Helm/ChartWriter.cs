using System.Text;
using k8s;

namespace RagApp.Kubernetes.Helm;

/// <summary>Turns a chart into the text of its files.</summary>
internal static class ChartWriter
{
    /// <summary>Returns the chart's files: contents by path relative to the chart's folder.</summary>
    public static IReadOnlyDictionary<string, string> Write(Chart chart)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Chart.yaml"] = chart.Options.ChartFile(),
            ["values.yaml"] = ValuesFile.Yaml(chart.Values),
            ["values.schema.json"] = ValuesFile.Schema(chart.Values),
            [Path.Combine("templates", "NOTES.txt")] = chart.Options.Notes,
        };
        foreach (var (name, text) in chart.Options.Files)
            files[name] = text;
        foreach (var group in chart.Templates.GroupBy(template => template.File, StringComparer.Ordinal))
            files[Path.Combine("templates", $"{group.Key}.yaml")] = string.Concat(group.Select(template => TextOf(template, chart.Helm)));
        return files;
    }

    private static string TextOf(ChartTemplate template, HelmExpressions helm)
    {
        var text = new StringBuilder();
        if (template.Condition is { } condition)
            text.Append("{{- if ").Append(condition).Append(" }}\n");
        text.Append("---\n").Append(helm.Resolve(KubernetesYaml.Serialize(template.Document)));
        if (template.Condition is not null)
            text.Append("{{- end }}\n");
        return text.ToString();
    }
}
